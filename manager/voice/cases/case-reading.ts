import type { CaseLink } from '../../../domain/cases/case.ts';
import type {
  CaseActRequest,
  CaseAnswer,
  CaseChoices,
  CaseIntake,
  CaseList,
  CaseReceipt,
  CaseView,
} from '../../../protocol/cases.ts';
import { ask, askAt, type Door } from '../../insight/reports.ts';
import { saveFile } from '../../save-file.ts';
import { send, upload, type Sent } from '../door.ts';

/** The doors of `protocol/cases.ts`. Those that read reject when the server does not answer, or says no. */

type Done = Extract<CaseAnswer, { ok: true }>;

export function readCases(token: string, search: string, after?: string): Promise<CaseList> {
  return askAt(token, `/api/cases?${search}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`);
}

export function readCase(token: string, number: string): Promise<CaseView> {
  return askAt(token, caseAt(number));
}

export function readChoices(door: Door): Promise<CaseChoices> {
  return ask(door, 'case-choices');
}

/** What a ticket of today is known by. */
export function readVisit(door: Door, number: string): Promise<CaseLink> {
  return ask(door, `case-visit?number=${encodeURIComponent(number)}`);
}

export function takeIn({ branchId, token }: Door, intake: CaseIntake): Promise<Sent<CaseReceipt>> {
  return send(token, 'POST', `/api/branches/${encodeURIComponent(branchId)}/cases`, intake);
}

export function act(token: string, number: string, request: CaseActRequest): Promise<Sent<Done>> {
  return send(token, 'POST', caseAt(number, 'acts'), request);
}

export function attach(
  token: string,
  number: string,
  file: File,
  onShare: (share: number) => void,
): Promise<Sent<Done>> {
  return upload(token, caseAt(number, 'files'), file, onShare);
}

export function saveCaseFile(token: string, number: string, file: { id: string; name: string }): Promise<void> {
  return saveFile(token, caseAt(number, `files/${encodeURIComponent(file.id)}`), file.name);
}

/** The letter as it would be sent now. */
export function saveLetter(token: string, number: string, language: string): Promise<void> {
  return saveFile(token, caseAt(number, `letter?language=${language}`), `${number}.docx`);
}

function caseAt(number: string, part?: string): string {
  return `/api/cases/${encodeURIComponent(number)}${part === undefined ? '' : `/${part}`}`;
}
