import { setTimeout as delay } from 'node:timers/promises';
import type { TcpProxy, Weather } from '../../support/tcp-proxy.ts';
import type { Mode, SiteServer } from '../support/site.ts';
import { anyServer, bothModes, seconds, type Fault } from '../support/fault.ts';

/** A network that is cut, slow, or swallows everything: between a server and PostgreSQL, and between it and the hall. */

interface Where {
  readonly name: string;
  readonly modes: readonly Mode[];
  readonly of: (server: SiteServer) => TcpProxy | undefined;
  readonly words: string;
}

const store: Where = { name: 'store', modes: ['shared'], of: (server) => server.store, words: 'and PostgreSQL' };
const screens: Where = { name: 'screens', modes: bothModes, of: (server) => server.front, words: 'and the hall' };

type Bad = Exclude<Weather, 'fair'>;

function network(where: Where, what: string, lasts: readonly [number, number], weather: (late: number) => Bad): Fault {
  return {
    name: `${where.name}-${what}`,
    modes: where.modes,
    async strike(scene) {
      const { server, name } = anyServer(scene);
      const proxy = where.of(server);
      if (proxy === undefined) throw new Error(`there is no network between ${name} ${where.words}`);
      const ms = scene.chance.between(...lasts);
      const bad = weather(Math.round(scene.chance.between(50, 250)));
      proxy.weather = bad;
      await delay(ms);
      proxy.weather = 'fair';
      const forgotten = bad === 'hole' && scene.chance.happens(0.5);
      if (forgotten) proxy.drop();
      const how = typeof bad === 'object' ? `${bad.lateMs} ms late` : bad === 'cut' ? 'cut' : 'a black hole';
      return `network between ${name} ${where.words}: ${how} for ${seconds(ms)}${forgotten ? ', then its lines cut' : ''}`;
    },
  };
}

const kindsAt = (where: Where): Fault[] => [
  network(where, 'cut', [500, 3_000], () => 'cut'),
  network(where, 'slow', [2_000, 5_000], (lateMs) => ({ lateMs })),
  network(where, 'hole', [3_000, 14_000], () => 'hole'),
];

export const networkFaults: readonly Fault[] = [...kindsAt(store), ...kindsAt(screens)];
