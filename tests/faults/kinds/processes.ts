import { setTimeout as delay } from 'node:timers/promises';
import { anyServer, bothModes, seconds, type Fault } from '../support/fault.ts';

/** Programs that are killed, or frozen and wake up late. */

export const killServer: Fault = {
  name: 'kill-server',
  modes: bothModes,
  async strike(scene) {
    const { server, name } = anyServer(scene);
    const away = scene.chance.between(0, 2_000);
    await server.process.kill();
    await delay(away);
    await server.process.start();
    return `kill -9 of ${name}, started again after ${seconds(away)}`;
  },
};

export const freezeServer: Fault = {
  name: 'freeze-server',
  modes: bothModes,
  async strike(scene) {
    const { server, name } = anyServer(scene);
    const asleep = scene.chance.between(3_000, 7_000);
    server.process.freeze();
    await delay(asleep);
    server.process.thaw();
    return `SIGSTOP of ${name} for ${seconds(asleep)}`;
  },
};

export const killPostgres: Fault = {
  name: 'kill-postgres',
  modes: ['shared'],
  async strike({ site, chance }) {
    const away = chance.between(0, 3_000);
    await site.postgres?.kill();
    await delay(away);
    await site.postgres?.start();
    return `kill -9 of the whole PostgreSQL, started again after ${seconds(away)}`;
  },
};

export const killRedis: Fault = {
  name: 'kill-redis',
  modes: ['shared'],
  async strike({ site, chance }) {
    const away = chance.between(500, 4_000);
    await site.redis?.kill();
    await delay(away);
    await site.redis?.start();
    return `kill -9 of Redis, started again after ${seconds(away)}`;
  },
};

export const freezeRedis: Fault = {
  name: 'freeze-redis',
  modes: ['shared'],
  async strike({ site, chance }) {
    const asleep = chance.between(2_000, 5_000);
    site.redis?.freeze();
    await delay(asleep);
    site.redis?.thaw();
    return `SIGSTOP of Redis for ${seconds(asleep)}`;
  },
};
