import type { BranchId } from '../../domain/ids.ts';
import type { Presence, PresentScreen, ScreenKind } from '../ports.ts';

/** The screens of this process, each under a number of its own. */
export class ScreensHere {
  readonly #branches = new Map<BranchId, Map<string, PresentScreen>>();
  #count = 0;

  add(branchId: BranchId, screen: PresentScreen): string {
    const id = String((this.#count += 1));
    const screens = this.#branches.get(branchId) ?? new Map<string, PresentScreen>();
    this.#branches.set(branchId, screens.set(id, screen));
    return id;
  }

  remove(branchId: BranchId, id: string): void {
    const screens = this.#branches.get(branchId);
    screens?.delete(id);
    if (screens?.size === 0) this.#branches.delete(branchId);
  }

  of(branchId: BranchId): ReadonlyMap<string, PresentScreen> {
    return this.#branches.get(branchId) ?? new Map<string, PresentScreen>();
  }

  branches(): readonly BranchId[] {
    return [...this.#branches.keys()];
  }

  counts(): Readonly<Record<ScreenKind, number>> {
    const counts = { kiosk: 0, display: 0, counter: 0, manager: 0, rating: 0 };
    for (const screens of this.#branches.values()) for (const { kind } of screens.values()) counts[kind] += 1;
    return counts;
  }
}

/** Presence in a single process. */
export function presenceHere(): Presence {
  const here = new ScreensHere();
  return {
    arrived(branchId, screen) {
      const id = here.add(branchId, screen);
      return () => here.remove(branchId, id);
    },
    screens: (branchId) => Promise.resolve({ screens: [...here.of(branchId).values()], complete: true }),
    here: () => here.counts(),
    close: () => Promise.resolve(),
  };
}
