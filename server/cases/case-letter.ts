import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Complaints } from '../../config/complaints.ts';
import type { ComplaintCase } from '../../domain/cases/case.ts';
import type { Locale } from '../../domain/config.ts';
import type { Instant } from '../../domain/ids.ts';
import type { CaseContact } from '../../protocol/cases.ts';
import { businessDayAt } from '../business-day.ts';
import { writtenDay } from '../../protocol/written-days.ts';
import { letter } from '../documents/letter.ts';
import { LETTER_WORDS } from './letter-words.ts';

export interface LetterFacts {
  readonly state: ComplaintCase;
  readonly decisionText: string;
  readonly contact: CaseContact | undefined;
  readonly language: Locale;
  readonly branch: LoadedBranch;
  readonly settings: Complaints['letter'];
  /** Where customers follow their case, with its number. */
  readonly followAt: string | undefined;
  readonly now: Instant;
}

/** The answer to a customer: what was decided, that they are asked once more, and where else they can turn. @returns a .docx file */
export function caseLetter(facts: LetterFacts): Promise<Buffer> {
  const { state, decisionText, contact, language, branch, settings, followAt, now } = facts;
  const words = LETTER_WORDS[language];
  const { timeZone } = branch.config;
  const { number, decision, receivedAt } = state;
  const bank = settings.bank[language];
  const branchName = branch.config.name[language];
  const received = writtenDay(language, businessDayAt(receivedAt, timeZone).day);
  const name = contact?.name || undefined;
  const remedies = (decision?.remedies ?? []).flatMap((remedy) => (remedy === 'none' ? [] : [words.remedy[remedy]]));
  const found = decisionText.split(/\n+/).filter((line) => line.trim() !== '');
  return letter({
    language,
    sender: { name: bank, branch: branchName, lines: settings.lines },
    recipientLines: name === undefined ? [] : [name],
    caseNumber: number,
    date: businessDayAt(now, timeZone).day,
    subject: words.subject,
    paragraphs: [
      words.greeting(name),
      words.opening(received, branchName),
      ...(decision === undefined ? [] : [words.outcome[decision.outcome]]),
      ...(found.length === 0 ? [] : [words.found, ...found]),
      ...(remedies.length === 0 ? [] : [words.remedies(remedies)]),
      words.secondContact(number),
      ...(followAt === undefined ? [] : [words.followAt(followAt)]),
      settings.mediation?.[language] ?? words.mediation,
      settings.court?.[language] ?? words.court,
    ],
    closing: { words: words.closing, lines: [bank, branchName] },
  });
}
