import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../support/fault.ts';
import type { Ask } from '../support/server.ts';

const MINUTE = 60_000;

export const jumpingClock: Fault = {
  name: 'clock-jump',
  modes: ['embedded'],
  async strike({ site, chance }) {
    const minutes = Math.round(chance.between(1, 50));
    const [first, back] = chance.happens(0.5) ? ['forward', -1] : ['back', 1];
    const turn = (ms: number) => site.servers[0]!.process.tell({ turnClock: ms } satisfies Ask);
    await turn(-back * minutes * MINUTE);
    await delay(chance.between(1_000, 3_000));
    await turn(back * minutes * MINUTE);
    await delay(1_000);
    return `the clock of the server's machine put ${first} by ${minutes} min, and then right again`;
  },
};
