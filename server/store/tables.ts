import type { ColumnType, Generated } from 'kysely';
import type { DomainEvent } from '../../domain/events.ts';
import type { ForecastModel } from '../../domain/forecast/forecast.ts';
import type { Period, Ticket } from '../../domain/state.ts';
import type { Visit } from '../../domain/visit.ts';
import type { Arrivals, MadeForecast } from '../ports.ts';

/** Our tables, always written with their schema: BullMQ has tables named `event` and `job` in its own. */
export interface Tables {
  'app.commit': CommitTable;
  'app.visit': VisitTable;
  'app.forecast': ForecastTable;
  'app.forecast_model': ForecastModelTable;
}

/** What one turn of a branch host decided. */
interface CommitTable {
  branch_id: string;
  day: string;
  version: number;
  events: ColumnType<readonly DomainEvent[], string, never>;
  /** The commands that these events answer. */
  command_ids: readonly string[];
  written_at: Generated<Date>;
}

interface VisitTable {
  branch_id: string;
  day: string;
  ticket_id: string;
  number: string;
  segment: string;
  services: readonly string[];
  care_needs: readonly string[];
  tier: string | null;
  status: Visit['status'];
  reason: NonNullable<Visit['reason']> | null;
  issued_at: Date;
  ended_at: Date;
  waited_ms: number;
  served_ms: number;
  counter_id: string | null;
  teller_id: string | null;
  quote: NonNullable<Ticket['quote']> | null;
  periods: readonly Period[];
}

interface ForecastTable {
  branch_id: string;
  day: string;
  /** Null for a day that began before there was anything to forecast from. */
  made: ColumnType<MadeForecast | null, string, string>;
  /** `knownUntil` of `made`, to be compared. */
  known_until: string | null;
  /** Null until the day is over. */
  came: ColumnType<Arrivals | null, string, string>;
}

interface ForecastModelTable {
  branch_id: string;
  learned_until: string;
  model: ColumnType<ForecastModel, string, string>;
}

/** A visit as the writing statement takes it: a JSON object with the column's names. */
export type VisitRow = Record<keyof VisitTable, unknown>;
