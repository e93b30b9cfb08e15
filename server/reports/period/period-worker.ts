import { constants, setPriority } from 'node:os';
import { parentPort, type MessagePort } from 'node:worker_threads';
import type { FactsOfDay, TicketsOfDay } from '../../../domain/figures/facts.ts';
import { PeriodSum } from './period-sum.ts';
import type { FromPeriodThread, PeriodTask, ToPeriodThread } from './period-task.ts';
import { TicketSearch } from './ticket-search.ts';

/** The thread in which the facts of days are read and summed up: a year of them is a second of work, which no hall waits for. */

const port = parentPort;
if (!port) throw new Error('period-worker.ts is started as a worker thread.');

// On Linux a priority belongs to the thread that asks for it; elsewhere it would be the whole server's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

type Answers = (message: ToPeriodThread) => FromPeriodThread | undefined;

port.on('message', (task: PeriodTask) => {
  const answerTo = task.kind === 'report' ? reporter(task.query) : searcher(task.query);
  task.line.on('message', (message: ToPeriodThread) => answer(task.line, () => answerTo(message)));
});

function answer(line: MessagePort, work: () => FromPeriodThread | undefined): void {
  try {
    const said = work();
    if (said !== undefined) line.postMessage(said);
  } catch (error) {
    line.postMessage({ kind: 'failed', why: String(error) } satisfies FromPeriodThread);
  }
}

function reporter(query: (PeriodTask & { readonly kind: 'report' })['query']): Answers {
  // Of the period before only the totals are wanted.
  const sums = { period: new PeriodSum(query), before: new PeriodSum({ ...query, by: 'branch' }) };
  return (message) => {
    if (message.kind === 'days')
      for (const { branchId, day, facts } of message.days)
        sums[message.part].add(branchId, day, JSON.parse(facts) as FactsOfDay);
    if (message.kind !== 'sum') return undefined;
    const period = sums.period.summed();
    const before = sums.before.summed();
    return { kind: 'report', result: { period, ...(before.cutOff !== undefined && { before }) } };
  };
}

function searcher(query: (PeriodTask & { readonly kind: 'tickets' })['query']): Answers {
  const search = new TicketSearch(query);
  const lists = new Map<string, TicketsOfDay>();
  return (message) => {
    switch (message.kind) {
      case 'days':
        for (const { branchId, day, facts } of message.days) search.add(branchId, day, JSON.parse(facts) as FactsOfDay);
        return undefined;
      case 'sum':
        return { kind: 'wanted', days: search.days() };
      case 'lists':
        for (const { branchId, day, tickets } of message.lists)
          lists.set(`${branchId} ${day}`, JSON.parse(tickets) as TicketsOfDay);
        return undefined;
      case 'show':
        return { kind: 'tickets', result: search.shown((branchId, day) => lists.get(`${branchId} ${day}`)) };
    }
  };
}
