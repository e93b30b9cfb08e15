import type { Problem } from '../../protocol/messages.ts';

/** Why there is no report: what the server says, or that it says nothing. */
export function whyNot(
  t: (key: string, named: Record<string, unknown>) => string,
  refused: Problem | undefined,
): string {
  if (refused === undefined) return t('reports.unreachable', {});
  // Of a question that makes no sense the server says more than its code does.
  const reason = refused.code === 'bad-message' ? refused.message : t(`problem.${refused.code}`, {});
  return t('reports.refused', { reason });
}
