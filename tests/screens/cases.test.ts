import { describe, expect, test } from '@jest/globals';
import { ACT_FIELDS, actOf, missingIn, offeredActs } from '../../manager/voice/cases/acts.ts';
import { doerWords, refusalWords, stepWords, type CaseTongue } from '../../manager/voice/cases/case-words.ts';
import { shownClock } from '../../manager/voice/cases/clock.ts';
import { trackOf } from '../../manager/voice/cases/track.ts';
import { caseQueryOf, caseSearchOf, caseWishOf } from '../../manager/voice/cases/wish.ts';
import { sentOf } from '../../manager/voice/door.ts';
import { EN_CASES } from '../../manager/messages/cases.en.ts';
import { ZH_CN_CASES } from '../../manager/messages/cases.zh-cn.ts';
import { ZH_TW_CASES } from '../../manager/messages/cases.zh-tw.ts';
import { hashOf, placeOf } from '../../manager/place.ts';
import { caseActSchema, type CaseStep, type CaseView } from '../../protocol/cases.ts';
import { CASE_STATUSES } from '../../protocol/case-lists.ts';

const TREES = { en: EN_CASES, 'zh-CN': ZH_CN_CASES, 'zh-TW': ZH_TW_CASES };

/** As vue-i18n does it; a sentence that is missing, or a parameter that nobody gave, is seen. */
function tongueOf(locale: keyof typeof TREES): CaseTongue {
  const tree: object = { ...TREES[locale], comma: ', ' };
  return {
    t: (key, named = {}) => {
      const found = key
        .split('.')
        .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], tree);
      if (typeof found !== 'string') throw new Error(`${locale} has no words for ${key}`);
      return found.replace(/\{(\w+)\}/g, (_, name: string) => {
        if (!(name in named)) throw new Error(`${key} was not given its ${name}`);
        return String(named[name]);
      });
    },
    person: (id) => `<${id}>`,
    day: (at) => `day ${at}`,
    lastDay: (end) => `day ${end - 1}`,
    cause: (id) => `cause ${id}`,
    files: { maxBytes: 10_000_000, maxCount: 20, endings: ['pdf', 'jpg'] },
  };
}
const english = tongueOf('en');
const step = (more: object): CaseStep => ({ version: 1, at: 0, by: 'staff:1001', ...more }) as CaseStep;

describe('a refusal in words', () => {
  // One of each code, with all that the core says with it.
  const REFUSALS = [
    ...['unknown-case', 'case-exists', 'no-owner', 'recused', 'other-recused', 'already-recused', 'no-offer'],
    ...['offer-to-owner', 'extended-already', 'not-extended-yet', 'longest-already', 'asked-already', 'not-asked'],
    ...['approver-needed', 'unknown-root-cause', 'root-cause-missing', 'regulator-known', 'staff-only'],
    ...['timer-out-of-date', 'changed-meanwhile', 'file-too-large', 'file-type', 'file-name', 'file-not-its-type'],
    ...['too-many-files', 'no-visit', 'unknown-person', 'not-allowed', 'bad-message', 'too-fast', 'no-answer'],
  ].map((code) => ({ code }));
  const WITH_PARTS = [
    ...CASE_STATUSES.map((status) => ({ code: 'wrong-step', status })),
    { code: 'case-over', status: 'closed' },
    { code: 'case-owned', ownerId: '1002' },
    { code: 'not-owner', ownerId: '1002' },
    { code: 'offer-open', to: '1003', until: 7 },
    { code: 'offer-for-another', to: '1003' },
    { code: 'deadline-past', due: 9 },
  ];

  test.each(['en', 'zh-CN', 'zh-TW'] as const)('in %s there is a whole sentence for each', (locale) => {
    const all = [...REFUSALS, ...WITH_PARTS].map((refusal) => refusalWords(tongueOf(locale), refusal));
    expect(all.filter((words) => !/[.。]$/.test(words))).toEqual([]);
    // As many as there are words for, and no word that no refusal has.
    const codes = new Set([...REFUSALS, ...WITH_PARTS].map(({ code }) => code));
    expect(Object.keys(TREES[locale].cases.refusal).sort()).toEqual([...codes].sort());
  });

  test('names who, until when, and the state that the case is in', () => {
    const words = (refusal: Parameters<typeof refusalWords>[1]) => refusalWords(english, refusal);
    expect(words({ code: 'not-owner', ownerId: '1002' })).toMatch(/^<1002> looks after/);
    expect(words({ code: 'offer-open', to: '1003', until: 7 })).toMatch(/<1003>.*day 6/);
    expect(words({ code: 'wrong-step', status: 'decided' })).toContain('“Decided”');
    expect(words({ code: 'file-too-large' })).toContain('10 MB');
  });

  test('is found in whichever way the server says it', () => {
    const refused = (body: object) => sentOf(false, JSON.stringify(body));
    expect(refused({ ok: false, rejection: { code: 'not-owner', ownerId: '1' } })).toEqual({
      ok: false,
      refusal: { code: 'not-owner', ownerId: '1' },
    });
    expect(refused({ reason: 'taken-by-other' })).toMatchObject({ refusal: { code: 'taken-by-other' } });
    expect(refused({ problem: { code: 'bad-message' } })).toMatchObject({ refusal: { code: 'bad-message' } });
    expect(sentOf(false, '<html>')).toMatchObject({ refusal: { code: 'no-answer' } });
    expect(sentOf(true, '{"version":4}')).toEqual({ ok: true, value: { version: 4 } });
  });
});

describe('what happened, in words', () => {
  const STEPS: readonly object[] = [
    { type: 'CaseReceived', source: 'desk' },
    { type: 'CaseTaken', ownerId: '1002' },
    { type: 'CaseAcknowledged', channel: 'phone' },
    { type: 'CaseExtended', channel: 'letter', allowance: 'complex', times: { due: 3, warnAt: 2 } },
    { type: 'RootCauseSet', rootCause: 'queue' },
    { type: 'CaseDecided', outcome: 'upheld', remedies: ['apology', 'refund'], staffId: '1002' },
    { type: 'CustomerInformed', channel: 'email', letter: 'f' },
    { type: 'SecondContactMade', channel: 'phone', answer: 'not-satisfied' },
    { type: 'CaseReopened', times: { due: 5, warnAt: 4 } },
    { type: 'CaseOffered', to: '1003', until: 1 },
    { type: 'OfferAccepted', ownerId: '1003' },
    { type: 'PersonRecused', staffId: '1004' },
    { type: 'RegulatorMarked', reference: 'R-7' },
    { type: 'FileAttached', fileId: 'f' },
    { type: 'CaseEscalated', to: 'branch-head', next: 1 },
    ...[
      'InvestigationStarted',
      'ExtensionAsked',
      'ExtensionRefused',
      'CaseClosed',
      'CaseWithdrawn',
      'OfferDeclined',
    ].map((type) => ({ type })),
    ...['OfferLapsed', 'NoteAdded', 'AcknowledgingReminded', 'DeadlineWarned'].map((type) => ({ type })),
  ];
  const files = [{ id: 'f', name: 'ticket.jpg', mediaType: 'image/jpeg', bytes: 1, at: 0, by: 'customer' }];

  test.each(['en', 'zh-CN', 'zh-TW'] as const)('in %s there is a line for each event, and no more', (locale) => {
    const lines = STEPS.map((one) => stepWords(tongueOf(locale), step(one), files));
    expect(new Set(lines).size).toBe(STEPS.length);
    expect(Object.keys(TREES[locale].cases.step)).toHaveLength(STEPS.length);
  });

  test('says what was decided, which file, and who did it', () => {
    expect(STEPS.slice(5, 6).map((one) => stepWords(english, step(one), files))).toEqual([
      'Decided: Upheld; Apology, Refund',
    ]);
    expect(stepWords(english, step({ type: 'FileAttached', fileId: 'f' }), files)).toBe('File: ticket.jpg');
    expect(['staff:1001', 'customer', 'system'].map((by) => doerWords(english, by))).toEqual([
      ...['<1001>', 'Customer', 'By the clock'],
    ]);
  });
});

describe('the clock', () => {
  const DAY = 86_400_000;
  const at = (time: 'running' | 'warned' | 'over' | 'resting', usedShare: number, left: number) =>
    shownClock({ time, usedShare, due: left, now: 0 });

  test('is calm, then warns, then is over; and says what is left in days, near the end in hours', () => {
    expect(at('running', 0.4, 9 * DAY)).toEqual({ share: 0.4, tone: 'calm', words: 'left', n: 9 });
    expect(at('warned', 0.8, 1.2 * DAY)).toEqual({ share: 0.8, tone: 'warn', words: 'leftHours', n: 28 });
    expect(at('over', 1.4, -3.5 * DAY)).toEqual({ share: 1, tone: 'over', words: 'over', n: 3 });
    expect(at('over', 1, -DAY / 24)).toMatchObject({ words: 'overHours', n: 1 });
  });

  test('stands still where the customer has the word', () => {
    expect(at('resting', 0.6, 5 * DAY)).toEqual({ share: 0.6, tone: 'still', words: 'resting', n: 0 });
  });
});

describe('the way of a case', () => {
  const way = (view: Pick<CaseView, 'status' | 'steps' | 'endedAt'>) =>
    trackOf(view).map(({ status, is, at }) => `${status} ${is}${at === undefined ? '' : ` ${at}`}`);

  test('says where it has been, where it is and what is ahead', () => {
    const steps = [step({ type: 'CaseReceived', at: 1 }), step({ type: 'CaseAcknowledged', at: 2 })];
    expect(way({ status: 'acknowledged', steps }).slice(0, 3)).toEqual([
      ...['received done 1', 'acknowledged here 2', 'investigating ahead'],
    ]);
  });

  test('of one that was opened again is investigated once more; its decision of before is ahead', () => {
    const steps = [
      ...[step({ type: 'CaseReceived', at: 1 }), step({ type: 'CaseAcknowledged', at: 2 })],
      ...[step({ type: 'InvestigationStarted', at: 3 }), step({ type: 'CaseDecided', at: 4 })],
      ...[
        step({ type: 'CustomerInformed', at: 5 }),
        step({ type: 'SecondContactMade', answer: 'not-satisfied', at: 6 }),
      ],
      step({ type: 'CaseReopened', at: 7 }),
    ];
    expect(way({ status: 'investigating', steps })).toEqual([
      ...['received done 1', 'acknowledged done 2', 'investigating here 7'],
      ...['decided ahead', 'informed ahead', 'contacted ahead', 'closed ahead'],
    ]);
  });

  test('of one that was withdrawn ends there', () => {
    const steps = [step({ type: 'CaseReceived', at: 1 }), step({ type: 'CaseWithdrawn', at: 9 })];
    expect(way({ status: 'withdrawn', steps, endedAt: 9 })).toEqual(['received done 1', 'withdrawn here 9']);
  });
});

describe('what is offered', () => {
  test('the next step first, then what else is legal; what has a place of its own is not among them', () => {
    const view = { status: 'investigating', ownerId: '1', mayNot: {} } as const;
    expect(offeredActs({ ...view, may: ['ExtendCase', 'DecideCase', 'AddNote', 'AttachFile', 'OfferCase'] })).toEqual({
      main: 'DecideCase',
      others: ['ExtendCase', 'OfferCase'],
    });
  });

  test('the next step that cannot be done says why; one that nobody owns is taken first; one that is over has none', () => {
    const mayNot = { CloseCase: { code: 'root-cause-missing' } } as const;
    const contacted = { status: 'contacted', ownerId: '1', may: ['SetRootCause'], mayNot } as const;
    expect(offeredActs(contacted)).toEqual({
      main: 'CloseCase',
      mainRefusal: { code: 'root-cause-missing' },
      others: ['SetRootCause'],
    });
    expect(offeredActs({ status: 'received', may: ['TakeCase'], mayNot: {} }).main).toBe('TakeCase');
    expect(offeredActs({ status: 'closed', ownerId: '1', may: [], mayNot: {} })).toEqual({ others: [] });
  });
});

describe('a form', () => {
  test('says what is missing, and sends what was typed and nothing else', () => {
    const draft = { outcome: 'upheld', remedies: ['apology'], text: '  It was so. ', reference: 'of another form' };
    expect(missingIn('DecideCase', {})).toEqual(['outcome', 'remedies', 'text']);
    expect(missingIn('DecideCase', { ...draft, text: '   ' })).toEqual(['text']);
    expect(missingIn('DecideCase', draft)).toEqual([]);
    expect(actOf('DecideCase', draft)).toEqual({
      ...{ type: 'DecideCase', outcome: 'upheld', remedies: ['apology'], text: 'It was so.' },
    });
  });

  test('of each act makes a message that the server takes', () => {
    const whole = {
      ...{ channel: 'phone', outcome: 'upheld', remedies: ['apology'], rootCause: 'queue', answer: 'satisfied' },
      ...{ to: '1002', staffId: '1003', reference: 'R-7', text: 'why' },
    };
    const acts = Object.keys(ACT_FIELDS) as (keyof typeof ACT_FIELDS)[];
    expect(acts.filter((type) => !caseActSchema.safeParse(actOf(type, whole)).success)).toEqual([]);
    // What it calls needed is needed, and what it calls optional is not.
    const least = acts.map((type) => {
      const needed = missingIn(type, {}).map((field) => [field, whole[field]] as const);
      return [type, Object.fromEntries(needed)] as const;
    });
    expect(least.filter(([type, draft]) => !caseActSchema.safeParse(actOf(type, draft)).success)).toEqual([]);
    const short = least.flatMap(([type, draft]) =>
      Object.keys(draft).filter((left) => {
        const { [left]: _left, ...rest } = draft;
        return caseActSchema.safeParse(actOf(type, rest)).success;
      }),
    );
    expect(short).toEqual([]);
  });
});

describe('filters', () => {
  test('are in the address, and come back from it', () => {
    const wish = {
      status: 'informed',
      time: 'over',
      branch: 'all',
      mine: true,
      number: '0012',
      case: 'C2026-000012',
    } as const;
    const hash = hashOf({ page: 'cases', query: caseQueryOf(wish) });
    expect(caseWishOf(placeOf(hash).query ?? '')).toEqual(wish);
    expect(caseQueryOf(caseWishOf('status=lost&time=soon&act=Explode&number=%20&more=1'))).toBe('');
  });

  test('are asked of the server: of this branch unless all are wanted; what is open is not part of it', () => {
    expect(caseSearchOf({}, 'harbour')).toBe('branch=harbour');
    expect(caseSearchOf({ branch: 'all', mine: true, case: 'C2026-000012', act: 'AddNote' }, 'harbour')).toBe(
      'owner=me',
    );
    expect(caseSearchOf({ status: 'closed', number: '12' }, 'harbour')).toBe('status=closed&number=12&branch=harbour');
  });
});
