import { createHmac } from 'node:crypto';
import type { Identities, StaffAccount } from '../ports.ts';
import { digestOf } from './secrets.ts';

const FIRST: StaffAccount = {
  staffId: 'admin',
  name: 'Administrator',
  grants: [{ role: 'administrator' }],
  disabled: false,
  demo: false,
};

/**
 * Makes the first account, and the link with which its password is set. It is the same link on every start and in every process
 * that signs with this key, and good until it is used.
 */
export async function firstAdministrator(identities: Identities, key: Uint8Array): Promise<string> {
  const link = `${FIRST.staffId}.${createHmac('sha256', key).update('the first administrator').digest('base64url')}`;
  const until = Number.MAX_SAFE_INTEGER;
  const before = await identities.account(FIRST.staffId);
  await identities.saveAccount({ ...FIRST, ...before, link: { digest: digestOf(link), until } });
  return link;
}
