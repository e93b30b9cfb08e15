import type { BranchConfig, CounterConfig, Text, Zone } from '../domain/config.ts';

/** What `GET /api/network` says: the branches of this server and their screens. Public. */
export interface Network {
  readonly branches: readonly BranchOfNetwork[];
  /** True while simulated customers and tellers walk through the halls. */
  readonly demo: boolean;
}

export interface BranchOfNetwork {
  readonly branchId: string;
  readonly name: Text;
  readonly counters: readonly Pick<CounterConfig, 'id' | 'label' | 'kind' | 'zone'>[];
  readonly zones: readonly Zone[];
  readonly hours: BranchConfig['hours'];
}

/** Throws when the server does not answer. */
export async function readNetwork(): Promise<Network> {
  const response = await fetch('/api/network');
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as Network;
}

/** @param more `zone` or `counter` of a screen that shows only a part */
export function addressOf(screen: string, branchId: string, more: Readonly<Record<string, string>> = {}): string {
  return `/${screen}/?${new URLSearchParams({ branch: branchId, ...more }).toString()}`;
}
