import type { FactsOfDay } from '../../../domain/figures/facts.ts';
import type { BranchId } from '../../../domain/ids.ts';
import type { PeriodQuery } from '../../../protocol/period-report.ts';
import type { ReportBy } from '../../../protocol/report-scale.ts';
import { labelsOf, SLOTS, slotLabel, type DayLabels } from './day-labels.ts';

/** Where in a day something stands: indexes into the lists of its facts, and its local half hour. -1: nowhere. */
export interface Spot {
  readonly segment: number;
  readonly service: number;
  readonly place: number;
  readonly slot: number;
}

/** As a counter is named where branches are together: each has its counter 1. */
export function counterKey(branchId: BranchId, counterId: string): string {
  return `${branchId}/${counterId}`;
}

type Filters = Pick<PeriodQuery, 'segment' | 'service' | 'counter' | 'teller'>;

/** Which of a day's spots a query asks for. */
export class SpotFilter {
  readonly #segment: number | undefined;
  readonly #service: number | undefined;
  readonly #places: readonly boolean[] | undefined;

  constructor({ segment, service, counter, teller }: Filters, branchId: BranchId, facts: FactsOfDay) {
    this.#segment = segment === undefined ? undefined : facts.segments.indexOf(segment);
    this.#service = service === undefined ? undefined : facts.services.indexOf(service);
    if (counter !== undefined || teller !== undefined)
      this.#places = facts.places.map(
        ([counterId, tellerId]) =>
          (counter === undefined || counterKey(branchId, counterId) === counter) &&
          (teller === undefined || tellerId === teller),
      );
  }

  holds({ segment, service, place }: Spot): boolean {
    return this.holdsWork(segment, service) && (this.#places === undefined || this.#places[place] === true);
  }

  /** Whoever did it. */
  holdsWork(segment: number, service: number): boolean {
    return asked(this.#segment, segment) && asked(this.#service, service);
  }
}

/** Asked for, and -1, which is not there, is no answer to that. */
function asked(wanted: number | undefined, index: number): boolean {
  return wanted === undefined || (wanted >= 0 && wanted === index);
}

const SLOT_LABELS = Array.from({ length: SLOTS }, (_, slot) => slotLabel(slot));

interface DayRows {
  readonly keys: readonly (string | null)[];
  readonly indexOf: (spot: Spot) => number;
}

/** The keys of a day's rows, and which one a spot belongs to. */
export function dayRows(by: ReportBy, branchId: BranchId, day: string, facts: FactsOfDay): DayRows {
  switch (by) {
    case 'segment':
      return { keys: facts.segments, indexOf: ({ segment }) => segment };
    case 'service':
      return { keys: facts.services, indexOf: ({ service }) => service };
    case 'counter':
      return { keys: facts.places.map(([counter]) => counterKey(branchId, counter)), indexOf: ({ place }) => place };
    case 'teller':
      return { keys: facts.places.map(([, teller]) => teller), indexOf: ({ place }) => place };
    case 'half-hour':
      return { keys: SLOT_LABELS, indexOf: ({ slot }) => slot };
    case 'branch':
      return { keys: [branchId], indexOf: () => 0 };
    default:
      return { keys: [labelOf(by, labelsOf(day))], indexOf: () => 0 };
  }
}

function labelOf(by: 'weekday' | 'day' | 'week' | 'month', labels: DayLabels): string {
  return String(labels[by]);
}
