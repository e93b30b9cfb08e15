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
  readonly timeZone: string;
  readonly counters: readonly Pick<CounterConfig, 'id' | 'label' | 'kind' | 'zone'>[];
  readonly zones: readonly Zone[];
  readonly hours: BranchConfig['hours'];
}

/** Rejects when the server does not answer. */
export async function readNetwork(): Promise<Network> {
  const response = await fetch('/api/network');
  if (!response.ok) throw new Error(`/api/network answered ${response.status}`);
  return (await response.json()) as Network;
}
