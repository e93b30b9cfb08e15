import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** The bank's own sign-in (OpenID Connect), as an operator writes it. `config/single-sign-on.example.yaml` explains every field. */

const schema = z.strictObject({
  name: z.string().trim().min(1),
  issuer: z.url(),
  clientId: z.string().min(1),
  publicUrl: z.url(),
  staffIdClaim: z.string().min(1).default('sub'),
  nameClaim: z.string().min(1).default('name'),
  groupsClaim: z.string().min(1).default('groups'),
  scope: z.string().min(1).default('openid profile'),
  roles: z
    .array(
      z.strictObject({
        group: z.string().min(1),
        role: z.enum(['manager', 'branch-head', 'network-manager', 'auditor', 'administrator']),
        branch: z.string().min(1).optional(),
      }),
    )
    .min(1)
    .refine(
      (roles) => roles.every(({ role, branch }) => branch !== undefined || !['manager', 'branch-head'].includes(role)),
      'manager and branch-head need a branch',
    ),
});

export type SingleSignOn = z.infer<typeof schema>;

/** @throws with one sentence for everything that is wrong in the file */
export function loadSingleSignOn(file: string): SingleSignOn {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(file)'}: ${issue.message}`);
  throw new Error(`${file} has ${lines.length} error(s):\n${lines.join('\n')}`);
}
