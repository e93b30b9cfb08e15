import { expect, test } from '@jest/globals';
import type { Task } from '../../domain/attention/task.ts';
import type { Command } from '../../domain/commands.ts';
import type { BranchDay } from '../../domain/state.ts';
import { alarmCommands, DeviceAlarms } from '../../server/device-alarms.ts';
import type { Hosts } from '../../server/hosts.ts';
import type { Device, DeviceState } from '../../server/ports.ts';
import { Hall } from '../support/hall.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { log } from '../support/running-hall.ts';

const NOW = 10_000_000;
const device = (id: string, kind: Device['kind'], seconds: number | undefined, state: DeviceState = {}): Device => ({
  ...{ id, kind, branchId: 'b', name: id, pairedAt: 0, pairedBy: 'staff:1', state },
  seenAt: seconds === undefined ? undefined : NOW - seconds * 1000,
});

test('silent after a minute and a half, broken by what it says; machines, new and revoked ones are left alone', () => {
  const commands = alarmCommands(
    [
      device('kiosk-1', 'kiosk', 90),
      device('kiosk-2', 'kiosk', 89, { printer: 'empty' }),
      device('kiosk-3', 'kiosk', 10, { printer: 'low', reader: 'ok' }),
      device('display-1', 'display', 1_000),
      device('m1', 'device', 1_000),
      device('display-2', 'display', undefined),
      { ...device('kiosk-4', 'kiosk', 1_000), revokedAt: NOW },
    ],
    [],
    NOW,
  );
  expect(commands).toEqual([
    { type: 'RaiseTask', kind: 'device-silent', place: { kind: 'kiosk', id: 'kiosk-1' } },
    { type: 'RaiseTask', kind: 'device-fault', place: { kind: 'kiosk', id: 'kiosk-2' } },
    { type: 'RaiseTask', kind: 'device-silent', place: { kind: 'display', id: 'display-1' } },
  ]);
});

test('what is raised already is not raised again, and is settled when the device is well', () => {
  const task = (id: string, kind: Task['kind'], at: string): Task => ({
    ...{ id, kind, place: { kind: 'kiosk', id: at }, status: 'taken', raisedAt: 0 },
  });
  const tasks = [
    task('t1', 'device-silent', 'kiosk-1'),
    task('t2', 'device-fault', 'kiosk-2'),
    task('t3', 'assist', 'kiosk-2'),
  ];
  expect(alarmCommands([device('kiosk-1', 'kiosk', 500), device('kiosk-2', 'kiosk', 5)], tasks, NOW)).toEqual([
    { type: 'FinishTask', taskId: 't2', outcome: 'not-needed' },
  ]);
});

test('it looks every quarter of a minute, only where somebody serves', async () => {
  const clock = new ManualClock(NOW);
  const hall = Hall.open();
  const sent: Command[] = [];
  const host = {
    branchId: 'b',
    glance: <T>(see: (state: BranchDay | undefined) => T) => see(hall.day),
    handle: ({ command }: { command: Command }) => Promise.resolve(sent.push(command)),
  };
  const hosts = { open: () => [host] } as unknown as Hosts;
  const identities = { devices: () => Promise.resolve([device('kiosk-1', 'kiosk', 200)]) };
  const alarms = new DeviceAlarms({ hosts, identities, clock, log });
  await clock.advanceBy(60_000);
  expect(sent).toEqual([]);
  hall.openCounter('c1', 'ben');
  await clock.advanceBy(15_000);
  expect(sent).toMatchObject([{ type: 'RaiseTask', kind: 'device-silent' }]);
  alarms.stop();
  await clock.advanceBy(60_000);
  expect(sent).toHaveLength(1);
});
