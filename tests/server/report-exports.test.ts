import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import { LOCALES } from '../../domain/config.ts';
import type { AuditRow } from '../../protocol/audit.ts';
import type { PeriodReport } from '../../protocol/period-report.ts';
import { csvRow } from '../../server/csv.ts';
import { FIGURES } from '../../server/exports/figures.ts';
import { fileName, rowName, type Exported } from '../../server/exports/names.ts';
import { reportCsv } from '../../server/exports/report-csv.ts';
import { reportXlsx } from '../../server/exports/report-xlsx.ts';
import type { StaffRole } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { reportNamesOf } from '../../server/reports/report-names.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { docxParts as partsOf, xmlFault } from '../support/docx-parts.ts';
import { jobsByHand } from '../support/jobs-by-hand.ts';
import { figuresOf, someReport } from '../support/period-report.ts';
import { branchesNamed, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const configs = loadBranches('config/branches').branches.map(({ config }) => config);
const names = reportNamesOf(configs, Date.UTC(2026, 10, 24));
const exported = (more: Partial<PeriodReport> = {}, language: Exported['language'] = 'en'): Exported => {
  return { report: someReport(more), language, names };
};

/** The cells of a table as a spreadsheet reads them. */
function cellsOf(csv: string): string[][] {
  return csv
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
}

describe('as CSV', () => {
  const csv = reportCsv(exported()).toString();
  const [head = [], ...rows] = cellsOf(csv);
  const cell = (row: number, name: string) => rows[row]?.[head.indexOf(name)];

  test('is a table that spreadsheets know as UTF-8, with a row for each and one for all', () => {
    expect(csv.startsWith('\uFEFFService,Tickets,Served,')).toBe(true);
    expect(csv.match(/\r\n/g)).toHaveLength(4);
    expect(rows.map(([name, tickets]) => [name, tickets])).toEqual([
      ['Transfer within the country', '40'],
      [`'=1+1,"x"`, '20'],
      ['All', '60'],
    ]);
    expect(['Within target', 'Wait, mean', 'Estimate bias', 'Mean rating'].map((name) => cell(0, name))).toEqual([
      ...['75%', '8.3', '-1.3', '4.5'],
    ]);
    // Nothing is not 0: a service that nobody was called for has no waits, and one service no staffing of its own.
    expect([cell(1, 'Wait, P90'), cell(1, 'No-show rate'), cell(0, 'Counter open')]).toEqual(['', '', '']);
  });

  test('a text that begins like a formula is none; a number below zero stays one', () => {
    expect(csvRow(['=2', '+2', '-2', '@a', '\ta', 'a"b', 'a\nb', -2, undefined, ''])).toBe(
      `'=2,'+2,'-2,'@a,'\ta,"a""b","a\nb",-2,,\r\n`,
    );
  });
});

test.each(LOCALES)('as XLSX in %s: four sheets of sound XML, whose numbers are numbers', async (language) => {
  const parts = partsOf(await reportXlsx(exported({}, language)));
  for (const [name, text] of parts)
    expect([name, /\.(?:xml|rels)$/.test(name) && xmlFault(text)]).toEqual([name, undefined]);
  const sheet = (n: number) => parts.get(`xl/worksheets/sheet${n}.xml`) ?? '';
  const strings = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(
    ([, text]) => text,
  );
  for (const { head, says } of FIGURES)
    expect(strings).toEqual(expect.arrayContaining([head[language], says[language]]));
  expect(sheet(2)).toContain('<autoFilter ref="A1:AH3"/>');
  expect(sheet(2)).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
  // Tickets of both rows, and how many were within their target: no text, no formula, no rounding.
  expect(sheet(2)).toMatch(/<c r="B2"[^>]*><v>40<\/v>/);
  expect(sheet(2)).toMatch(/<c r="I2"[^>]*><v>0\.75<\/v>/);
  expect(sheet(2)).not.toContain('<f>');
  expect(strings).toContain('=1+1,"x"');
  expect(parts.get('xl/styles.xml')).toMatch(/formatCode="0\.0%"/);
  // The half hour that is fullest, and one with half as many.
  expect(sheet(3)).toMatch(/<c r="B2"[^>]*><v>12<\/v>/);
  expect(strings).toEqual(expect.arrayContaining(['09:00', '09:30', '2026-11-23 00:00 (Asia/Shanghai)']));
});

test('rows have names; the file has those of branch and period, and of nobody', () => {
  const one = exported({ names: { '1001': 'Wang Fang' } });
  const two = exported({ branches: ['harbour', 'garden'].map((branchId) => ({ branchId, days: 1 })) });
  expect(rowName(one, 'harbour', 'branch')).toBe('Qingchuan Bank, Harbour');
  expect([rowName(one, 'harbour/c1', 'counter'), rowName(two, 'harbour/c1', 'counter')]).toEqual([
    ...['1', 'Qingchuan Bank, Harbour 1'],
  ]);
  expect(['1001', '1002'].map((id) => rowName(one, id, 'teller'))).toEqual(['Wang Fang', '1002']);
  expect(rowName(exported({}, 'zh-TW'), '7', 'weekday')).toBe('週日');
  expect(rowName(one, '09:30', 'half-hour')).toBe('09:30');
  expect(fileName(one, 'csv')).toBe('Report Qingchuan Bank, Harbour 2026-11-16 2026-11-22.csv');
  const query = { ...one.report.query, to: one.report.query.from };
  expect(fileName({ ...two, language: 'zh-CN', report: { ...two.report, query } }, 'xlsx')).toBe(
    '报表 2 网点 2026-11-16.xlsx',
  );
});

test('each figure is what its sentence says', () => {
  const of = (head: string) => FIGURES.find(({ head: { en } }) => en === head)?.of(figuresOf(10));
  expect(of('No-show rate')).toBe(10 / 180);
  expect(of('Gave-up rate')).toBe(20 / 200);
  expect(of('Accepted')).toBe(20 / 40);
  expect(of('Idle')).toBe(1_200 / 4_800);
  expect(of('Against the mix')).toBeUndefined();
});

describe('over HTTP', () => {
  const SECRET = 'a secret for tests that is long enough';
  const database = new ShakyStore(new MemoryStore(), { shared: false }).database();
  let hall: RunningHall;
  beforeAll(async () => {
    const adapters = { database, jobs: jobsByHand() };
    hall = await openHall({ env: testEnv({ secret: SECRET }), branches: branchesNamed('b', 'other'), adapters });
  });
  afterAll(() => hall.close());

  async function take(path: string, role: StaffRole): Promise<Response> {
    const tokens = new Tokens(new TextEncoder().encode(SECRET), hall.clock);
    const caller = { role, actor: `staff:${role}`, staffId: role, branchId: 'b' } as const;
    const token = await tokens.issue(caller, hall.clock.now() + 3_600_000);
    return fetch(`${hall.url}/api/${path}`, { headers: { authorization: `Bearer ${token}` } });
  }
  test('all of it stands in the OpenAPI document', async () => {
    const { paths } = (await (await fetch(`${hall.url}/openapi.json`)).json()) as { paths: Record<string, object> };
    const own = '/api/branches/{branchId}/report-subscriptions';
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/reports.csv', '/api/reports.xlsx', own, `${own}/{id}`, `${own}/{id}/send-now`]),
    );
  });

  const WEEK = 'from=2026-11-18&to=2026-11-24';

  test('whoever may see the report takes it away, of their branch, and the audit has a row of it', async () => {
    const csv = await take(`reports.csv?${WEEK}&by=weekday&lang=zh-TW`, 'branch-head');
    expect(csv.status).toBe(200);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(decodeURIComponent(csv.headers.get('content-disposition') ?? '')).toContain('2026-11-18 2026-11-24.csv');
    expect(Buffer.from(await csv.arrayBuffer()).toString()).toMatch(/^\uFEFF星期,取號數,/);
    const xlsx = await take(`reports.xlsx?${WEEK}`, 'auditor');
    expect(xlsx.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect([...partsOf(Buffer.from(await xlsx.arrayBuffer())).keys()]).toContain('xl/worksheets/sheet4.xml');

    expect((await take(`reports.csv?${WEEK}`, 'teller')).status).toBe(403);
    expect((await take(`reports.csv?${WEEK}&branch=other`, 'branch-head')).status).toBe(403);
    expect((await take(`reports.xlsx?${WEEK}&lang=fr`, 'branch-head')).status).toBe(400);
    expect((await take('reports.csv?from=2026-11-24&to=2026-11-18', 'branch-head')).status).toBe(400);
    const { rows } = (await (await take('branches/b/audit', 'auditor')).json()) as { rows: readonly AuditRow[] };
    const about = { from: '2026-11-18', to: '2026-11-24' };
    expect(rows.map(({ act }) => [act.actor, act.acts, act.about])).toEqual([
      ['staff:auditor', ['GET /reports.xlsx'], { ...about, by: 'day' }],
      ['staff:branch-head', ['GET /reports.csv'], { ...about, by: 'weekday' }],
    ]);
  });
});
