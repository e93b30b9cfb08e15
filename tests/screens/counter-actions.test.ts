import { describe, expect, test } from '@jest/globals';
import { hindranceOf, primaryOf, type Situation } from '../../counter-client/actions.ts';
import { ageOf } from '../../counter-client/ageing.ts';
import type { CounterView, CurrentTicket } from '../../domain/views/views.ts';

const NOW = 1_000_000;
const calling = {
  recallAfterSeconds: 10,
  maxRecalls: 3,
  noShowSeconds: 90,
  careNoShowSeconds: 180,
  noShowAfterSeconds: 45,
};
const why = { rule: 'policy', policy: 'first-come', score: 1, waitedMs: 60_000, targetMs: 600_000 } as const;

function ticket(status: 'called' | 'serving', call: Partial<NonNullable<CurrentTicket['call']>> = {}): CurrentTicket {
  return {
    ticketId: 't1',
    number: 'A001',
    segment: 'cash',
    services: ['withdraw'],
    done: [],
    status,
    waitedMs: 60_000,
    targetMs: 600_000,
    goesTo: [],
    typicalMs: 240_000,
    careNeeds: [],
    notes: [],
    language: 'zh-CN',
    call: { callId: 'k1', at: NOW, times: 1, lastAt: NOW, why, ...call },
  };
}

function view(status: CounterView['counter']['status'], current?: CurrentTicket, queueLength = 3): CounterView {
  return {
    kind: 'counter',
    day: '2026-11-24',
    open: true,
    counter: { counterId: 'c1', status, since: NOW, profile: 'cash' },
    current,
    queue: [],
    queueLength,
    waitingElsewhere: 0,
    held: [],
    missed: [],
    today: { finished: 0, missed: 0, serviceMs: 0 },
    segments: [],
    counters: [],
  };
}

function situation(of: CounterView, now = NOW, connected = true): Situation {
  return { view: of, calling, now, connected };
}

describe('what F2 does', () => {
  test.each([
    ['a closed counter opens', view('closed'), 'open'],
    ['a free one calls', view('open'), 'call-next'],
    ['a called customer is started', view('open', ticket('called')), 'start'],
    ['one being served is finished and the next called', view('open', ticket('serving')), 'finish-next'],
    ['with nobody waiting it only finishes', view('open', ticket('serving'), 0), 'finish'],
    ['a paused counter finishes and calls nobody', view('paused', ticket('serving')), 'finish'],
    ['a closing counter finishes and calls nobody', view('closing', ticket('serving')), 'finish'],
    ['a paused one without a customer resumes', view('paused'), 'resume'],
  ])('%s', (_title, of, action) => {
    expect(primaryOf(of)).toBe(action);
  });
});

describe('what cannot work, and why', () => {
  test('nothing can be sent without a connection', () => {
    expect(hindranceOf('call-next', situation(view('open'), NOW, false))).toEqual({ code: 'offline' });
  });

  test('a recall waits ten seconds and has an end', () => {
    const called = view('open', ticket('called'));
    expect(hindranceOf('recall', situation(called, NOW + 3_000))).toEqual({ code: 'recall-wait', seconds: 7 });
    expect(hindranceOf('recall', situation(called, NOW + 10_000))).toBeUndefined();
    const often = view('open', ticket('called', { times: 4 }));
    expect(hindranceOf('recall', situation(often, NOW + 60_000))).toEqual({ code: 'recall-limit' });
  });

  test('a no-show waits 45 seconds, or for the second call', () => {
    const called = view('open', ticket('called'));
    expect(hindranceOf('no-show', situation(called, NOW + 15_000))).toEqual({ code: 'no-show-wait', seconds: 30 });
    expect(hindranceOf('no-show', situation(called, NOW + 45_000))).toBeUndefined();
    expect(hindranceOf('no-show', situation(view('open', ticket('called', { times: 2 })), NOW))).toBeUndefined();
  });

  test('a customer in hand comes first', () => {
    expect(hindranceOf('call-ticket', situation(view('open', ticket('serving'))))).toEqual({ code: 'busy' });
    expect(hindranceOf('call-next', situation(view('paused')))).toEqual({ code: 'paused' });
    expect(hindranceOf('finish', situation(view('open')))).toEqual({ code: 'no-ticket' });
  });
});

test('a wait ages against its target and its ceiling', () => {
  const at = (minutes: number) => ageOf(minutes * 60_000, 10 * 60_000, 25 * 60_000);
  expect([0, 7.9, 8, 10, 24.9, 25].map(at)).toEqual(['fresh', 'fresh', 'near', 'late', 'late', 'ceiling']);
});
