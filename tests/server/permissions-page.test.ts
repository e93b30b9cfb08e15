import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { DEVICE_KINDS, STAFF_ROLES, type Role } from '../../server/identity/caller.ts';
import { ACTIONS, COMMANDS, NETWORK_ROLES, VIEWS, type Rule } from '../../server/identity/permissions.ts';

/** docs/permissions.md is made from the table: `UPDATE_SAMPLES=1` writes it anew. */
const FILE = new URL('../../docs/permissions.md', import.meta.url);

type Lines = Readonly<Record<string, { readonly [R in Role]?: Rule<never> }>>;
const ALL: readonly Role[] = ['customer', ...DEVICE_KINDS, ...STAFF_ROLES];

function table(title: string, roles: readonly Role[], lines: Lines): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row([title, ...roles]),
    row(['---', ...roles.map(() => ':---:')]),
    ...Object.entries(lines).map(([name, line]) => row([name, ...roles.map((role) => line[role]?.says ?? '')])),
  ].join('\n');
}

const actions: Lines = Object.fromEntries(
  Object.entries(ACTIONS).map(([action, roles]) => [
    action,
    Object.fromEntries(roles.map((role) => [role, { says: 'yes', holds: () => true }])),
  ]),
);

function page(): string {
  const atDevices: readonly Role[] = ['customer', ...DEVICE_KINDS];
  return `# Who may do what

Made from \`server/identity/permissions.ts\` and compared with it by a test: do not edit it here
(\`UPDATE_SAMPLES=1 npx jest tests/server/permissions-page.test.ts\` writes it anew). An empty field is a no. How people sign in and devices
are paired is in [decision 0005](decisions/0005-accounts-sessions-and-paired-devices.md).

**Where.** A person's role is for one branch, or for all branches at once: only ${NETWORK_ROLES.join(', ')} can be for all. A
device is for the branch that it was paired with. Nobody does anything in another branch. Somebody with several roles in a
branch may do at the console what any of them may; at a counter they are a teller.

**Without signing in** there are: the health of the server and its API document, the pages themselves, the names of branches and their counters, signing in,
asking for a pairing code, and with the unguessable link of a ticket what the column _customer_ says.

\`manager\` is the lobby manager, \`device\` a self-service machine.

## Commands: customers and devices

${table('Command', atDevices, COMMANDS)}

## Commands: people

${table('Command', STAFF_ROLES, COMMANDS)}

## Views

${table('View', ALL, VIEWS)}

## Everything else

${table('What', ALL, actions)}
`;
}

test('docs/permissions.md says what the table says', async () => {
  const made = await format(page(), { parser: 'markdown', printWidth: 120 });
  if (process.env['UPDATE_SAMPLES'] === '1') writeFileSync(FILE, made);
  expect(readFileSync(FILE, 'utf8')).toBe(made);
});
