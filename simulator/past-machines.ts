import type { CounterId } from '../domain/ids.ts';
import type { PastHall } from './past-hall.ts';

/** Mean time in order, and how long a repair takes, minutes of the hall. */
const IN_ORDER_MINUTES = 1_500;
const REPAIR_MINUTES = [8, 40] as const;

/** Lets the machines of a past day break down now and then; on a bad day one is out of order from the opening on. */
export function breakMachines(hall: PastHall): void {
  const { config, opensAt, closesAt, trouble } = hall.options;
  const chance = hall.chance('machines');
  const machines = config.counters.filter(({ kind }) => kind === 'device').map(({ id }) => id);
  const broken = trouble !== undefined && trouble.machineMinutes > 0 ? chance.pick(machines) : undefined;
  for (const counterId of machines) {
    if (counterId === broken) hall.at(opensAt, () => fails(counterId, trouble?.machineMinutes ?? 0));
    else goesOn(counterId, opensAt - hall.now);
  }

  function goesOn(counterId: CounterId, beforeMs = 0): void {
    const minutes = chance.exponential(IN_ORDER_MINUTES) + beforeMs / 60_000;
    hall.in(minutes, () => fails(counterId, chance.between(...REPAIR_MINUTES)));
  }

  /** Nobody hears of it once the doors are closed. */
  function fails(counterId: CounterId, minutes: number): void {
    if (hall.now >= closesAt) return;
    say(counterId, true);
    hall.in(minutes, () => {
      say(counterId, false);
      goesOn(counterId);
    });
  }

  function say(counterId: CounterId, fault: boolean): void {
    hall.send({ type: 'ReportMachine', counterId, fault, cannot: [] }, `device:${counterId}`);
  }
}
