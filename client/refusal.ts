import type { SendResult } from './connection.ts';

const STATUSES = ['waiting', 'called', 'serving', 'held', 'finished', 'missed', 'cancelled', 'expired'];

/**
 * The sentence for a command that was not done: refused, or a problem, or not sent, or not confirmed. Empty when it was done.
 * @param t of vue-i18n or of the small text
 */
export function refusalText(t: (key: string, named: Record<string, unknown>) => string, result: SendResult): string {
  if (result.ok) return '';
  if ('unsent' in result) return t('sending.unsent', {});
  if ('unconfirmed' in result) return t('sending.unconfirmed', {});
  if ('problem' in result) return t(`problem.${result.problem.code}`, {});
  const { code, ...named } = result.rejection;
  const status =
    'status' in named && STATUSES.includes(named.status) ? { status: t(`ticketStatus.${named.status}`, {}) } : {};
  return t(`refusal.${code}`, { ...named, ...status });
}
