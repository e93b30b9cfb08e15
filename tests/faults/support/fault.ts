import type { Chance } from '../../../simulator/chance.ts';
import type { Ledger } from './ledger.ts';
import type { Mode, Site, SiteServer } from './site.ts';

/** A hall in full swing, to which something happens. */
export interface Scene {
  readonly site: Site;
  readonly ledger: Ledger;
  readonly chance: Chance;
}

export interface Fault {
  readonly name: string;
  readonly modes: readonly Mode[];
  /** A hall of its own, for what would spoil the others'. */
  readonly openSite?: () => Promise<Site>;
  /**
   * Does it, and puts right what a person would put right. @returns what was done, in words
   * @throws when what the server did about it was wrong
   */
  strike(scene: Scene): Promise<string>;
}

export const bothModes: readonly Mode[] = ['embedded', 'shared'];

export function anyServer({ site, chance }: Scene): { readonly server: SiteServer; readonly name: string } {
  const place = Math.floor(chance.uniform() * site.servers.length);
  return { server: site.servers[place]!, name: `server ${place + 1}` };
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
