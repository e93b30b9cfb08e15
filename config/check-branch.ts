import type { z } from 'zod';
import { branchChecks } from './branch-checks.ts';
import { branchFileSchema, toLoadedBranch, type LoadedBranch } from './branch.schema.ts';
import { findings, type Finding } from './check.ts';
import { explain } from './explain.ts';
import { hallMapChecks } from './hall-map.ts';
import { idChecks } from './id-checks.ts';
import { printerChecks } from './printers.ts';
import { promiseChecks } from './promises.ts';

export interface CheckedBranch {
  /** Only when there are no errors. */
  readonly branch?: LoadedBranch;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** The schema with the checks across sections. These run beside other errors, so that all are listed at once. */
const checkedBranchSchema = branchFileSchema.superRefine(
  (file, context) => {
    for (const { path, message } of findings(
      [...idChecks, ...branchChecks, ...hallMapChecks, ...printerChecks],
      file,
      brokenSections(context.issues),
    )) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  },
  { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
);

/**
 * Everything that is wrong in one branch file, and the promises that it cannot keep.
 * @param fileName without its ending: it is the id of the branch, so that no two files describe the same one
 */
export function checkBranch(content: unknown, fileName: string): CheckedBranch {
  const parsed = checkedBranchSchema.safeParse(content, { error: explain });
  if (!parsed.success) return { errors: parsed.error.issues.flatMap(findingsOf), warnings: [] };
  const { id } = parsed.data;
  if (id !== fileName) {
    const message = `the id is "${id}", but the file is ${fileName}.yaml: give both the same name`;
    return { errors: [{ path: ['id'], message }], warnings: [] };
  }
  return { branch: toLoadedBranch(parsed.data), errors: [], warnings: findings(promiseChecks, parsed.data) };
}

/** Sections whose shape is not what the checks expect. A wrong value or an additional field leaves the shape sound. */
function brokenSections(issues: readonly z.core.$ZodRawIssue[]): ReadonlySet<PropertyKey> {
  const harmless = ['unrecognized_keys', 'invalid_value'];
  return new Set(
    issues
      .filter(({ code, continue: sound }) => !sound && !harmless.includes(code))
      .flatMap(({ path }) => path?.slice(0, 1) ?? []),
  );
}

/** An unknown field is reported where it stands, not where its group begins. */
function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: `unknown field "${key}": correct its spelling or remove it`,
  }));
}
