import type { z } from 'zod';

/** Plain words for what a schema has no sentence of its own for. Given to zod as the error map of one parse. */
export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `${fieldOf(issue)} is missing: add it (${kindOf(issue.expected)})`;
      if (issue.expected === 'string' && typeof issue.input === 'number') {
        return `${fieldOf(issue)} must be text: write ${issue.input} in quotes, '${issue.input}'`;
      }
      return `${fieldOf(issue)} must be ${kindOf(issue.expected)}, not ${foundIn(issue.input)}`;
    case 'invalid_value':
      if (issue.input === undefined) return `${fieldOf(issue)} is missing: write one of ${issue.values.join(', ')}`;
      return `${fieldOf(issue)} cannot be ${foundIn(issue.input)}: write one of ${issue.values.join(', ')}`;
    case 'too_small':
      return `${fieldOf(issue)} must be at least ${issue.minimum}`;
    case 'too_big':
      return `${fieldOf(issue)} must be at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

function fieldOf(issue: z.core.$ZodRawIssue): string {
  const name = issue.path?.findLast((step) => typeof step === 'string');
  return name === undefined ? 'the file' : `"${String(name)}"`;
}

function kindOf(expected: string): string {
  switch (expected) {
    case 'string':
      return 'text';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return 'a group of fields';
    case 'boolean':
      return 'true or false';
    case 'int':
      return 'a whole number';
    default:
      return `a ${expected}`;
  }
}

function foundIn(input: unknown): string {
  if (input === null) return 'empty';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a group of fields';
  return JSON.stringify(input);
}
