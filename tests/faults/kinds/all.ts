import type { Fault } from '../support/fault.ts';
import { badConnections, slowClients } from './clients.ts';
import { jumpingClock } from './clock.ts';
import { fullDisk } from './disk.ts';
import { secondProcess, tornFolder } from './folder.ts';
import { networkFaults } from './networks.ts';
import { freezeRedis, freezeServer, killPostgres, killRedis, killServer } from './processes.ts';

export const allFaults: readonly Fault[] = [
  ...[killServer, freezeServer, killPostgres, killRedis, freezeRedis],
  ...networkFaults,
  ...[slowClients, badConnections, jumpingClock, secondProcess, tornFolder, fullDisk],
];
