import { describe, expect, test } from '@jest/globals';
import { LOCALES, type Locale } from '../../domain/config.ts';
import { REVIEW_WORDS } from '../../protocol/review-words.ts';
import { letter } from '../../server/documents/letter.ts';
import { packDocument } from '../../server/reviews/pack-document.ts';
import { quarterDocument } from '../../server/reviews/quarter-document.ts';
import { docxParts, wordsOf, xmlFault } from '../support/docx-parts.ts';
import { NAMES, SAMPLE_PACK, SAMPLE_QUARTER, sampleLetter } from '../support/sample-review.ts';

const ink = (language: Locale) => ({ language, names: NAMES, today: '2026-12-01' });

async function read(file: Promise<Buffer>) {
  const parts = docxParts(await file);
  const faults = [...parts].flatMap(([name, text]) => {
    const fault = /\.(?:xml|rels)$/.test(name) ? xmlFault(text) : undefined;
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
  return { parts, faults, words: wordsOf(parts) };
}

/** Everything that the words of a language have of these parts. */
const textsOf = (value: object): string[] =>
  Object.values(value).flatMap((entry: unknown) =>
    typeof entry === 'string' ? [entry] : typeof entry === 'object' && entry !== null ? textsOf(entry) : [],
  );

test('the check of XML finds what is none', () => {
  expect(['<a><b/>x &amp; y</a>', '<a b="1 &lt; 2"/>', '<?xml version="1.0"?><a/>'].map(xmlFault)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(
    ['<a><b></a>', '<a>', '<a/><b/>', '<a>1 < 2</a>', '<a>x & y</a>', '<a b=1/>'].filter((bad) => !xmlFault(bad)),
  ).toEqual([]);
});

describe.each(LOCALES)('documents in %s', (language) => {
  const words = REVIEW_WORDS[language];

  test('the monthly pack has all its parts, names and numbers', async () => {
    const { parts, faults, words: said } = await read(packDocument(SAMPLE_PACK, ink(language)));
    expect(faults).toEqual([]);
    const { ranking: _quarter, trend: _trend, escalated: _escalated, ...headings } = words.parts;
    const { complaintRate: _rate, meanService: _service, ...figures } = words.figures;
    const named = textsOf([words.complaints, words.suggestions, words.windows, words.dimensions, words.states]);
    const causes = SAMPLE_PACK.complaints.rootCauses.map(({ name }) => name[language]);
    const segments = SAMPLE_PACK.segments.map(({ name }) => name[language]);
    const wanted = [words.pack, SAMPLE_PACK.name[language], ...textsOf(headings), ...textsOf(figures), ...named];
    const numbers = [
      '9,412',
      '9,870',
      '−458',
      '87.1%',
      '84.2%',
      `+${words.points('2.9')}`,
      words.minutes('7.4'),
      '412',
      '4.6',
    ];
    const people = ['李敏', '更换自助区的两台打印机', '2026-11-20', `${words.states.open} (${words.late})`];
    const missing = [...wanted, ...causes, ...segments, ...numbers, ...people].filter((text) => !said.includes(text));
    expect(missing).toEqual([]);
    // Wide enough for Chinese, and one that an office machine has.
    const font =
      language === 'zh-TW' ? ['Noto Sans CJK TC', 'Microsoft JhengHei'] : ['Noto Sans CJK SC', 'Microsoft YaHei'];
    expect(parts.get('word/styles.xml')).toContain(`w:eastAsia="${font[0]}"`);
    expect(parts.get('word/fontTable.xml')).toContain(`w:name="${font[0]}"><w:altName w:val="${font[1]}"`);
    const page = /<w:pgSz w:w="(\d+)" w:h="(\d+)"/.exec(parts.get('word/document.xml') ?? '');
    expect(page?.slice(1)).toEqual(['11906', '16838']);
    expect([...parts.keys()].filter((name) => /header|footer/.test(name)).length).toBeGreaterThanOrEqual(2);
  });

  test('the quarter ranks the branches', async () => {
    const { faults, words: said } = await read(quarterDocument(SAMPLE_QUARTER, ink(language)));
    expect(faults).toEqual([]);
    const { ranking, trend, causes, escalated } = words.parts;
    const branches = SAMPLE_QUARTER.branches.map(({ name }) => name[language]);
    const missing = [ranking, trend, causes, escalated, '28,400', '8.5', ...branches].filter(
      (text) => !said.includes(text),
    );
    expect(missing).toEqual([]);
    const places = branches.map((branch) => said.indexOf(branch));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('a letter is read as it was written, also what looks like a tag', async () => {
    const sample = sampleLetter(language);
    const odd = '<b>1 & 2</b>';
    const { faults, words: said } = await read(letter({ ...sample, paragraphs: [...sample.paragraphs, odd] }));
    expect(faults).toEqual([]);
    const wanted = [
      ...sample.recipientLines,
      ...sample.paragraphs,
      ...sample.closing.lines,
      sample.subject,
      'C26-000123',
      odd,
    ];
    expect(wanted.filter((text) => !said.includes(text))).toEqual([]);
    expect(said).toContain(language === 'en' ? '24 November 2026' : '2026年11月24日');
  });
});

test('a month of which nothing is known is a document, too', async () => {
  const nothing = { count: 0, mean: 0, p50: 0, p90: 0, max: 0 };
  const { before: _before, ...facts } = SAMPLE_PACK;
  const { faults, words: said } = await read(
    packDocument(
      {
        ...facts,
        ...{ segments: [], actions: [], figures: { ...facts.figures, wait: nothing, arrivals: 0 } },
        ratings: { count: 0, scores: [0, 0, 0, 0, 0], dimensions: {} },
        complaints: { received: 0, closed: 0, open: 0, late: 0, rootCauses: [] },
      },
      ink('en'),
    ),
  );
  expect(faults).toEqual([]);
  const { none } = REVIEW_WORDS.en;
  expect([none.segments, none.ratings, none.causes, none.actions].filter((text) => !said.includes(text))).toEqual([]);
  expect(said).not.toMatch(/NaN|undefined|Infinity/);
});
