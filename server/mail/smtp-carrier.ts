import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import { isLoopback } from '../../config/env.ts';
import type { MailCarrier, MailTrouble } from '../mail-ports.ts';

/** A server that does not answer within this is away, ms. */
const PATIENCE_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 };
/** Of mail submission (RFC 6409), and of SMTP inside TLS (RFC 8314). */
const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };

export interface SmtpOptions {
  /** `smtp://lobbyflow@mail.bank.example:587`, or `smtps:` for TLS from the first byte. */
  readonly url: string;
  readonly password?: string | undefined;
  /** `queue@bank.example`, or with a name: `Harbour Bank <queue@bank.example>`. */
  readonly from: string;
  readonly log: Logger;
}

/** By SMTP, a connection for each mail. To another machine it is encrypted, or nothing is sent. */
export function smtpCarrier({ url, password = '', from, log }: SmtpOptions): MailCarrier {
  const { protocol, hostname, port, username } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  // What stays on this machine is read by nobody, and a relay here has seldom a certificate.
  const starts = isLoopback(host) ? { ignoreTLS: true } : { requireTLS: true };
  const transport = createTransport({
    ...{ host, port: port === '' ? PORTS[protocol] : Number(port), secure, ...(!secure && starts) },
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: password } }),
    ...PATIENCE_MS,
    // A mail holds what it was given, never a file or a page that a text in it names.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost';
  return {
    async carry({ id, to, subject, text, html, attachments = [] }) {
      try {
        await transport.sendMail({
          ...{ from, to: { name: '', address: to }, subject, text, ...(html !== undefined && { html }) },
          // The same for each try, so that a mailbox that got it already can tell.
          messageId: `<${createHash('sha256').update(id).digest('hex').slice(0, 32)}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          attachments: attachments.map(({ fileName, type, content }) => ({
            ...{ filename: fileName, contentType: type, content: Buffer.from(content) },
          })),
        });
        return undefined;
      } catch (error) {
        const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
        // The words of the other side would name the address.
        log.warn({ code, responseCode }, 'the mail server did not take a mail');
        return troubleOf(code, responseCode);
      }
    },
  };
}

function troubleOf(code: string | undefined, answer = 0): MailTrouble {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'sign-in';
  if (code === 'ETLS') return 'not-encrypted';
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return aboutThisMail && (answer === 0 || answer >= 500) ? 'refused' : 'away';
}
