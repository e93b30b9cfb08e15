import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seconds, type Fault } from '../support/fault.ts';
import { embeddedSite } from '../support/site.ts';

/** A disk that is full for a while, and then has room again. */

const DISK = '192m';
const REFUSED_WITHIN_MS = 20_000;
let disk: string | undefined;

/** A small disk of its own needs leave to mount one. */
export function mayMount(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const fullDisk: Fault = {
  name: 'disk-full',
  modes: ['embedded'],
  async openSite() {
    const folder = (disk = mkdtempSync(path.join(tmpdir(), 'lobbyflow-disk-')));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder]);
    const site = await embeddedSite({ env: { LOBBYFLOW_DATA: path.join(folder, 'data') } });
    return {
      ...site,
      async close() {
        await site.close();
        execFileSync('umount', [folder]);
        rmSync(folder, { recursive: true });
      },
    };
  },
  async strike({ ledger, chance }) {
    const filler = path.join(disk ?? '', 'filler');
    const refusals = () => ledger.heard.get('store-away') ?? 0;
    const before = refusals();
    await delay(chance.between(500, 2_000));
    const began = performance.now();
    fill(filler);
    while (refusals() === before) {
      if (performance.now() - began > REFUSED_WITHIN_MS) throw new Error('the disk is full, and nobody was told');
      await delay(50);
      fill(filler);
    }
    const refusedAfter = performance.now() - began;
    const full = chance.between(2_000, 4_000);
    await delay(full);
    rmSync(filler);
    return `the disk was full: commands were refused after ${seconds(refusedAfter)}, and ${seconds(full)} later there was room again`;
  },
};

function fill(file: string): void {
  const { bavail, bsize } = statfsSync(path.dirname(file));
  if (bavail === 0) return;
  const target = openSync(file, 'a');
  try {
    writeSync(target, Buffer.alloc(bavail * bsize));
  } catch {
    // As full as it gets.
  } finally {
    closeSync(target);
  }
}
