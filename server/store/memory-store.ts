import type { ForecastModel } from '../../domain/forecast/forecast.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Visit } from '../../domain/visit.ts';
import type {
  Arrivals,
  Commit,
  EventStore,
  ForecastRecord,
  IssuedTicket,
  MadeForecast,
  Records,
  StoredCommit,
} from '../ports.ts';
import { MemoryForecasts } from './memory-forecasts.ts';
import { PerKey } from '../per-key.ts';

interface Day {
  readonly commits: StoredCommit[];
  readonly visits: Map<string, Visit>;
}

/** The log and the visits in this process's memory, for the simulator and for tests: gone when the process is. */
export class MemoryStore implements EventStore, Records {
  readonly shared = false;
  readonly #branches = new Map<BranchId, Map<BusinessDay, Day>>();
  readonly #turns = new PerKey();
  readonly #forecasts = new MemoryForecasts();

  ready(): Promise<void> {
    return Promise.resolve();
  }

  append(commit: Commit): Promise<'appended' | 'conflict'> {
    const day = this.#day(commit.branchId, commit.day);
    if (commit.version <= day.commits.length) return Promise.resolve('conflict');
    if (commit.version > day.commits.length + 1) {
      return Promise.reject(new Error(`Version ${commit.version} leaves a gap in the log.`));
    }
    day.commits.push({ version: commit.version, events: commit.events });
    for (const ticketId of commit.reopened) day.visits.delete(ticketId);
    for (const visit of commit.visits) day.visits.set(visit.ticketId, visit);
    return Promise.resolve('appended');
  }

  read(branchId: BranchId, day: BusinessDay, afterVersion: number): Promise<readonly StoredCommit[]> {
    return Promise.resolve(this.#day(branchId, day).commits.slice(afterVersion));
  }

  head(branchId: BranchId, day: BusinessDay): Promise<number> {
    return Promise.resolve(this.#day(branchId, day).commits.length);
  }

  exclusively<T>(branchId: BranchId, turn: () => Promise<T>): Promise<T> {
    return this.#turns.run(branchId, turn);
  }

  unclosedDays(branchId: BranchId): Promise<readonly BusinessDay[]> {
    const unclosed = [...(this.#branches.get(branchId) ?? [])]
      .filter(([, { commits }]) => has(commits, 'DayOpened') && !has(commits, 'DayClosed'))
      .map(([day]) => day);
    return Promise.resolve(unclosed.sort());
  }

  visits(branchId: BranchId, day: BusinessDay): Promise<readonly Visit[]> {
    const visits = [...this.#day(branchId, day).visits.values()];
    return Promise.resolve(visits.sort((a, b) => a.endedAt - b.endedAt || (a.ticketId < b.ticketId ? -1 : 1)));
  }

  openedDays(branchId: BranchId, after: BusinessDay | undefined, before: BusinessDay): Promise<readonly BusinessDay[]> {
    const opened = [...(this.#branches.get(branchId) ?? [])]
      .filter(([day, { commits }]) => commits.length > 0 && day < before && (after === undefined || day > after))
      .map(([day]) => day);
    return Promise.resolve(opened.sort());
  }

  ticketsIssued(branchId: BranchId, day: BusinessDay): Promise<readonly IssuedTicket[]> {
    const events = this.#day(branchId, day).commits.flatMap((commit) => commit.events);
    const issued = events.flatMap((event) =>
      event.type === 'TicketIssued' ? [{ segment: event.segment, at: event.offline?.takenAt ?? event.at }] : [],
    );
    return Promise.resolve(issued);
  }

  forecast(branchId: BranchId, day: BusinessDay): Promise<ForecastRecord> {
    return Promise.resolve(this.#forecasts.forecast(branchId, day));
  }

  keepForecast(branchId: BranchId, day: BusinessDay, made: MadeForecast): Promise<void> {
    return Promise.resolve(this.#forecasts.keep(branchId, day, made));
  }

  forecastModel(branchId: BranchId): Promise<ForecastModel | undefined> {
    return Promise.resolve(this.#forecasts.model(branchId));
  }

  keepLesson(branchId: BranchId, day: BusinessDay, came: Arrivals, model: ForecastModel): Promise<void> {
    return Promise.resolve(this.#forecasts.learn(branchId, day, came, model));
  }

  #day(branchId: BranchId, day: BusinessDay): Day {
    const days = this.#branches.get(branchId) ?? new Map<BusinessDay, Day>();
    this.#branches.set(branchId, days);
    const found = days.get(day) ?? { commits: [], visits: new Map() };
    days.set(day, found);
    return found;
  }
}

function has(commits: readonly StoredCommit[], type: 'DayOpened' | 'DayClosed'): boolean {
  return commits.some(({ events }) => events.some((event) => event.type === type));
}
