import type { ComposerTranslation } from 'vue-i18n';
import { clock } from '../client/format.ts';
import type { Locale } from '../domain/config.ts';
import type { Proposal } from '../domain/floating/proposal.ts';
import type { Names } from './names.ts';

/** A proposal in words: what it is. @param timeZone of the branch */
export function proposalTitle(
  t: ComposerTranslation,
  names: Names,
  { kind, counterId, profile, until }: Proposal,
  timeZone: string,
  locale: Locale,
): string {
  return t(`proposal.${kind}`, {
    label: names.label(counterId ?? ''),
    profile: names.workProfile(profile ?? ''),
    time: until === undefined ? '' : clock(until, timeZone, locale),
  });
}

export function proposalReason(t: ComposerTranslation, { reason }: Proposal): string {
  const { code, ...numbers } = reason;
  return t(`proposal.reason.${code}`, numbers);
}
