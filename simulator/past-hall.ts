import type { Command } from '../domain/commands.ts';
import type { BranchConfig, Forecast } from '../domain/config.ts';
import type { ActorId, BusinessDay, Instant, StaffId } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import type { Chance } from './chance.ts';

export interface PastDayOptions {
  readonly config: BranchConfig;
  readonly day: BusinessDay;
  /** Midnight, and when the doors open and close. */
  readonly from: Instant;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly forecast: Forecast | undefined;
  readonly seed: number;
  /** Mean customers an hour. */
  readonly perHour: number;
  readonly trouble?: Trouble | undefined;
}

/** What makes a bad day of it. */
export interface Trouble {
  /** So many tellers of fixed windows are ill, and nobody takes their place. */
  readonly ill: number;
  /** From the opening on one machine is out of order for so long, minutes. */
  readonly machineMinutes: number;
}

/** The hall of a past day, as whoever is in it acts on it. */
export interface PastHall {
  readonly options: PastDayOptions;
  readonly now: Instant;
  readonly day: BranchDay;
  chance(name: string): Chance;
  at(at: Instant, act: () => void): void;
  in(minutes: number, act: () => void): void;
  /** @returns whether it was accepted; what is refused came too late, as it does in a hall */
  send(command: Command, actor?: ActorId): boolean;
}

export function actorOf(staffId: StaffId | undefined): ActorId {
  return staffId === undefined ? 'system' : `staff:${staffId}`;
}

/** Whoever leads the hall: the last of the staff. */
export function lobbyOf({ staff }: BranchConfig): ActorId {
  return actorOf(staff.at(-1)?.id);
}
