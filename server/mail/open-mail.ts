import type { Env } from '../../config/env.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';
import { smtpCarrier } from './smtp-carrier.ts';

/** Letters and reports by mail, where whoever runs the server has said by which server; else there are none. */
export function openMail({
  env: { mail },
  ...parts
}: Omit<OutboxOptions, 'carrier'> & { readonly env: Pick<Env, 'mail'> }): Outbox | undefined {
  return mail && new Outbox({ ...parts, carrier: smtpCarrier({ ...mail, log: parts.log }) });
}
