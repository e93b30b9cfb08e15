import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { explain } from './explain.ts';
import { date, line, named, text } from './fields.ts';
import { lineOf, syntaxErrors } from './place.ts';

/** How the bank handles complaints, as an operator writes it: `config/complaints.example.yaml` explains every field. */

const days = z.number().int('days must be a whole number').min(1, 'days must be at least 1').max(365);
const roles = z.enum(['branch-head', 'network-manager']);
const name = (zhCN: string, zhTW: string, en: string) => ({ 'zh-CN': zhCN, 'zh-TW': zhTW, en });

/** 15, 30 and 60 days are those of the rules for Chinese banks; others set their own. */
const DAYS = { acknowledge: 2, normal: 15, complex: 30, longest: 60, repeat: 3, offer: 2 };
const ROOT_CAUSES = [
  { id: 'waiting', name: name('等候时间长', '等候時間長', 'Long wait') },
  { id: 'attitude', name: name('服务态度', '服務態度', 'Attitude of staff') },
  { id: 'mistake', name: name('业务差错', '業務差錯', 'Mistake in the service') },
  { id: 'explanation', name: name('解释不清', '說明不清', 'Not explained well') },
  { id: 'process', name: name('流程或制度', '流程或制度', 'Process or rule') },
  { id: 'product', name: name('产品或收费', '產品或收費', 'Product or fee') },
  { id: 'system', name: name('系统或设备故障', '系統或設備故障', 'System or machine out of order') },
  { id: 'premises', name: name('环境或设施', '環境或設施', 'Premises') },
  { id: 'misunderstanding', name: name('客户误解', '客戶誤解', 'Misunderstanding') },
  { id: 'other', name: name('其他', '其他', 'Other') },
];

const schema = z.strictObject({
  /** Which days are counted. */
  count: z.enum(['calendar', 'working']).default('calendar'),
  days: z
    .strictObject({
      acknowledge: days.default(DAYS.acknowledge),
      normal: days.default(DAYS.normal),
      complex: days.default(DAYS.complex),
      longest: days.default(DAYS.longest),
      regulator: days.exactOptional(),
      repeat: days.default(DAYS.repeat),
      offer: days.default(DAYS.offer),
    })
    .prefault({})
    .refine(
      ({ normal, complex, longest }) => normal < complex && complex < longest,
      'each extension must be longer than the time before it: normal, complex, longest',
    ),
  /** Share of the time. */
  warnAt: z.number().min(0.1).max(0.95).default(0.7),
  escalateTo: z.tuple([roles], roles).default(['branch-head', 'network-manager']),
  contactAttempts: z.number().int().min(1).max(10).default(3),
  /** Of the bank; without it each branch's own holidays count. */
  calendar: z
    .strictObject({
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'a country is two capital letters, for example CN')
        .exactOptional(),
      region: z
        .string()
        .regex(/^[A-Z0-9]{1,3}$/, 'a region is 1 to 3 capital letters or digits')
        .exactOptional(),
      holidays: z.array(date).default([]),
      workingWeekends: z.array(date).default([]),
    })
    .exactOptional(),
  rootCauses: z
    .array(named)
    .min(1, 'a case needs a root cause to be closed: name at least one')
    .refine((causes) => new Set(causes.map(({ id }) => id)).size === causes.length, 'two root causes have the same id')
    .default(ROOT_CAUSES),
  files: z
    .strictObject({
      maxMegabytes: z.number().min(0.1).max(25).default(5),
      maxCount: z.number().int().min(1).max(200).default(20),
    })
    .prefault({}),
  letter: z
    .strictObject({
      bank: text.default(name('本行', '本行', 'The bank')),
      /** Address and how to reach it. */
      lines: z.array(line).max(6).default([]),
      mediation: text.exactOptional(),
      court: text.exactOptional(),
    })
    .prefault({}),
});

export type Complaints = z.output<typeof schema>;

/**
 * @param file absent: the usual settings
 * @throws with `file:line: sentence` for everything that is wrong in the file
 */
export function loadComplaints(file: string | undefined): Complaints {
  if (file === undefined) return schema.parse({});
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const unreadable = syntaxErrors(document).map(
    ({ offset, message }) => `${lines.linePos(offset).line}: this is not YAML: ${message}`,
  );
  if (unreadable.length > 0) throw wrong(file, unreadable);
  const parsed = schema.safeParse(document.toJS() ?? {}, { error: explain });
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.map(({ path, message }) => `${lineOf(document, lines, path)}: ${message}`);
  throw wrong(file, found);
}

function wrong(file: string, errors: readonly string[]): Error {
  return new Error(`${file} has ${errors.length} error(s):\n${errors.map((error) => `  ${file}:${error}`).join('\n')}`);
}
