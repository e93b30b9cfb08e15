import type { CaseFact } from '../../../domain/cases/events.ts';
import type { ActorId, Instant, StaffId } from '../../../domain/ids.ts';
import type { CaseChoices, CaseFile, CaseStep } from '../../../protocol/cases.ts';
import type { Refusal } from '../door.ts';

/** All that a sentence about a case is made with, in the language of the screen. */
export interface CaseTongue {
  readonly t: (key: string, named?: Record<string, unknown>) => string;
  readonly person: (id: StaffId) => string;
  readonly day: (at: Instant) => string;
  /** The last day of a time that ends at this moment, which is a midnight. */
  readonly lastDay: (end: Instant) => string;
  /** Of a root cause. */
  readonly cause: (id: string) => string;
  readonly files: CaseChoices['files'] | undefined;
}

const MEGABYTE = 1_000_000;

/** Why not, in one sentence. A code that this screen does not know is said as one that could not be read. */
export function refusalWords({ t, person, lastDay, files }: CaseTongue, refusal: Refusal): string {
  const { code, status, ownerId, to, until, due } = refusal;
  const name = ownerId ?? to;
  const at = until ?? due;
  return t(`cases.refusal.${code}`, {
    ...(typeof status === 'string' && { status: t(`cases.status.${status}`) }),
    ...(typeof name === 'string' && { name: person(name) }),
    ...(typeof at === 'number' && { day: lastDay(at) }),
    ...(files && fileLimits(files)),
  });
}

export function fileLimits({ maxBytes, maxCount, endings }: CaseChoices['files']) {
  return { size: Math.floor(maxBytes / MEGABYTE), count: maxCount, endings: endings.join(' ') };
}

/** One line of what happened. */
export function stepWords(tongue: CaseTongue, step: CaseStep, files: readonly CaseFile[]): string {
  return tongue.t(`cases.step.${step.type}`, stepParts(tongue, step, files));
}

function stepParts(
  { t, person, lastDay, cause }: CaseTongue,
  step: CaseFact,
  files: readonly CaseFile[],
): Record<string, string> {
  switch (step.type) {
    case 'CaseReceived':
      return { source: t(`cases.source.${step.source}`) };
    case 'CaseTaken':
    case 'OfferAccepted':
      return { owner: person(step.ownerId) };
    case 'CaseAcknowledged':
    case 'CustomerInformed':
      return { channel: t(`cases.channel.${step.channel}`) };
    case 'CaseExtended':
      return { channel: t(`cases.channel.${step.channel}`), day: lastDay(step.times.due) };
    case 'CaseReopened':
      return { day: lastDay(step.times.due) };
    case 'RootCauseSet':
      return { cause: cause(step.rootCause) };
    case 'CaseDecided':
      return {
        outcome: t(`cases.outcome.${step.outcome}`),
        remedies: step.remedies.map((remedy) => t(`cases.remedy.${remedy}`)).join(t('comma')),
      };
    case 'SecondContactMade':
      return { channel: t(`cases.channel.${step.channel}`), answer: t(`cases.answer.${step.answer}`) };
    case 'CaseOffered':
      return { to: person(step.to) };
    case 'PersonRecused':
      return { person: person(step.staffId) };
    case 'RegulatorMarked':
      return { reference: step.reference };
    case 'FileAttached':
      return { file: files.find(({ id }) => id === step.fileId)?.name ?? step.fileId };
    case 'CaseEscalated':
      return { role: t(`cases.clock.role.${step.to}`) };
    default:
      return {};
  }
}

/** Who did it: `staff:1003`, `customer`, or the clock. */
export function doerWords({ t, person }: CaseTongue, by: ActorId): string {
  if (by === 'customer') return t('cases.by.customer');
  return by.startsWith('staff:') ? person(by.slice('staff:'.length)) : t('cases.by.system');
}
