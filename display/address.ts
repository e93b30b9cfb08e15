import type { Audience } from '../domain/views/views.ts';
import type { Layout } from '../protocol/display.ts';

/** What the display's address asks for: `?branch=B[&zone=Z | &counter=C][&layout=media | call-first][&lang=…]`. */
export interface DisplayAddress {
  readonly branchId: string;
  readonly zone: string | undefined;
  readonly counterId: string | undefined;
  readonly audience: Extract<Audience, { kind: 'display' }>;
  /** Instead of the layout of the branch's settings. */
  readonly layout: Layout | undefined;
}

export function readAddress(search: string): DisplayAddress {
  const query = new URLSearchParams(search);
  const zone = query.get('zone') ?? undefined;
  const layout = query.get('layout');
  const counterId = query.get('counter') ?? undefined;
  return {
    branchId: query.get('branch') ?? '',
    zone,
    counterId,
    audience: { kind: 'display', ...(zone !== undefined && { zone }), ...(counterId !== undefined && { counterId }) },
    layout: layout === 'media' || layout === 'call-first' ? layout : undefined,
  };
}
