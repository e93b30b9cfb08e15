import type { PeriodFigures } from '../../protocol/period-report.ts';
import { signedTenths, tenths } from '../insight/numbers.ts';
import { grouped, type FigureName } from './figures.ts';

type Say = (key: string, named: Record<string, unknown>) => string;

const HOUR = 60;

/** The counts behind a figure. Undefined where it is one itself, or there are none. */
export function moreAbout(name: FigureName, figures: PeriodFigures, say: Say): string | undefined {
  const { wait, service, diversion, estimate, staffing, rating } = figures;
  const n = (count: number) => grouped(count);
  switch (name) {
    case 'arrivals':
      return say(name, { served: n(figures.served) });
    case 'within':
      return say(name, { n: n(Math.round(figures.withinTarget * wait.count)), of: n(wait.count) });
    case 'service':
      return say(name, { n: n(service.count) });
    case 'abandoned':
    case 'noShows':
    case 'transfers':
      return say(name, { n: n(figures[name]) });
    case 'diverted': {
      const { offered, accepted, failed, savedMinutes } = diversion;
      if (offered === 0) return undefined;
      return say(name, { offered: n(offered), accepted: n(accepted), failed: n(failed), minutes: n(savedMinutes) });
    }
    case 'estimate': {
      const { told, late, bias } = estimate;
      return told === 0 ? undefined : say(name, { n: n(told), late: tenths(late * 100), bias: signedTenths(bias) });
    }
    case 'idle': {
      if (staffing === undefined) return undefined;
      const hours = (minutes: number) => n(Math.round(minutes / HOUR));
      const { open, serving, idle, paused } = staffing;
      return say(name, { open: hours(open), serving: hours(serving), idle: hours(idle), paused: hours(paused) });
    }
    case 'rating':
      return say(name, { n: n(rating.count) });
    default:
      return undefined;
  }
}
