import type { Audience } from '../domain/views/views.ts';

/** What the display's address asks for: `?branch=B[&zone=Z | &counter=C][&lang=…][&speech=browser]`. */
export interface DisplayAddress {
  readonly branchId: string;
  readonly zone: string | undefined;
  readonly counterId: string | undefined;
  readonly audience: Extract<Audience, { kind: 'display' }>;
  /** The browser's own voice may speak. */
  readonly speech: boolean;
}

export function readAddress(search: string): DisplayAddress {
  const query = new URLSearchParams(search);
  const zone = query.get('zone') ?? undefined;
  const counterId = query.get('counter') ?? undefined;
  return {
    branchId: query.get('branch') ?? '',
    zone,
    counterId,
    audience: { kind: 'display', ...(zone !== undefined && { zone }), ...(counterId !== undefined && { counterId }) },
    speech: query.get('speech') === 'browser',
  };
}
