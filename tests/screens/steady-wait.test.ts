import { expect, test } from '@jest/globals';
import type { TicketView } from '../../domain/views/views.ts';
import { steadyRange } from '../../phone/steady.ts';

const VIEW: TicketView = {
  ...{ kind: 'ticket', ticketId: 't', number: 'A001', segment: 'cash', services: ['deposit'], status: 'waiting' },
  ...{ issuedAt: 0, language: 'en', lastCalled: [], zone: 'hall' },
};

test('the wait on the phone falls, and rises only with its reason', () => {
  const shown = steadyRange(undefined, { ...VIEW, range: { fromMinutes: 5, toMinutes: 9 } });
  expect(shown).toEqual({ fromMinutes: 5, toMinutes: 9 });
  expect(steadyRange(shown, { ...VIEW, range: { fromMinutes: 6, toMinutes: 8 } })).toEqual({
    fromMinutes: 5,
    toMinutes: 8,
  });
  const longer = { ...VIEW, range: { fromMinutes: 10, toMinutes: 15 } };
  expect(steadyRange(shown, longer)).toEqual(shown);
  expect(steadyRange(shown, { ...longer, longer: 'fewer-windows' })).toEqual(longer.range);
  expect(steadyRange(shown, VIEW)).toBeUndefined();
});
