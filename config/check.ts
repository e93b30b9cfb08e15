import type { BranchFile } from './branch.schema.ts';

/** Something to tell the operator about one place of a branch file. `path` is the way to it: `['counters', 2, 'zone']`. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What one section of a branch file asks of another. */
export interface Check {
  /** The sections that it reads. It runs only when all of them have the shape that they should have. */
  readonly needs: readonly (keyof BranchFile)[];
  readonly run: (file: BranchFile) => Iterable<Finding>;
}

export function check<Section extends keyof BranchFile>(
  needs: readonly Section[],
  run: (file: Pick<BranchFile, Section>) => Iterable<Finding>,
): Check {
  return { needs, run };
}

/** @param broken sections of another shape */
export function findings(
  checks: readonly Check[],
  file: BranchFile,
  broken: ReadonlySet<PropertyKey> = new Set(),
): Finding[] {
  return checks
    .filter(({ needs }) => !needs.some((section) => broken.has(section)))
    .flatMap(({ run }) => [...run(file)]);
}
