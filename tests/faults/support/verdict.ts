import { isDeepStrictEqual } from 'node:util';
import { answerOf } from '../../../domain/answer.ts';
import type { DomainEvent } from '../../../domain/events.ts';
import { evolve } from '../../../domain/evolve.ts';
import type { BranchDay } from '../../../domain/state.ts';
import { viewFor } from '../../../domain/views/view-for.ts';
import type { StoredCommit } from '../../../server/ports.ts';
import type { Acknowledged } from './ledger.ts';
import { digestOf, type Shown } from './screens.ts';

/** What is wrong, one sentence each. All lists are empty when nothing is. */
export interface Verdict {
  /** Acknowledged, and not in the log as it was told. */
  readonly lost: readonly string[];
  /** Done twice: a number, a call, a command. */
  readonly double: readonly string[];
  /** Shown on a screen, and the log never had it. */
  readonly untrue: readonly string[];
}

/** Holds what people were told and what screens showed against the log. */
export function judge(
  commits: readonly StoredCommit[],
  acknowledged: readonly Acknowledged[],
  shown: readonly Shown[],
): Verdict {
  return { lost: lostOf(commits, acknowledged), double: doublesOf(commits), untrue: untrueOf(commits, shown) };
}

function lostOf(commits: readonly StoredCommit[], acknowledged: readonly Acknowledged[]): string[] {
  const logged = new Map<string, { version: number; events: DomainEvent[] }>();
  for (const { version, events } of commits)
    for (const event of events) {
      const same = logged.get(event.commandId) ?? { version, events: [] };
      same.events.push(event);
      logged.set(event.commandId, same);
    }
  return acknowledged.flatMap(({ commandId, version, answer }) => {
    const found = logged.get(commandId);
    const told = answer.issued?.number ?? answer.called?.number ?? commandId;
    if (found === undefined) return [`${told}, acknowledged in commit ${version}, is not in the log`];
    const asTold = found.version === version && isDeepStrictEqual(plain(answerOf(found.events)), plain(answer));
    return asTold ? [] : [`${told}, acknowledged in commit ${version}, is another thing in commit ${found.version}`];
  });
}

function doublesOf(commits: readonly StoredCommit[]): string[] {
  const double: string[] = [];
  const once = (before: Map<string, number>, what: string, key: string, version: number) => {
    const earlier = before.get(key);
    if (earlier !== undefined) double.push(`${what} ${key} in commit ${earlier} and in commit ${version}`);
    before.set(key, version);
  };
  const seen = () => new Map<string, number>();
  const [versions, numbers, calls, commands] = [seen(), seen(), seen(), seen()];
  const next = new Map<string, number>();
  for (const [place, { version, events }] of commits.entries()) {
    if (version !== place + 1) double.push(`commit ${version} is in the place of ${place + 1}`);
    once(versions, 'version', String(version), version);
    for (const commandId of new Set(events.map((event) => event.commandId)))
      once(commands, 'command', commandId, version);
    for (const event of events) {
      // Nobody in these halls sends a ticket back to wait, so each is called once.
      if (event.type === 'TicketCalled') once(calls, 'a call of', event.ticketId, version);
      if (event.type !== 'TicketIssued') continue;
      once(numbers, 'number', event.number, version);
      const expected = next.get(event.segment);
      if (expected !== undefined && event.sequence !== expected)
        double.push(`${event.number} follows no. ${expected - 1}`);
      next.set(event.segment, event.sequence + 1);
    }
  }
  return double;
}

/** The log makes each view again, at its version and its time. */
function untrueOf(commits: readonly StoredCommit[], shown: readonly Shown[]): string[] {
  const byVersion = new Map<number, Shown[]>();
  for (const each of shown) byVersion.set(each.version, [...(byVersion.get(each.version) ?? []), each]);
  const head = commits.at(-1)?.version ?? 0;
  const untrue = shown
    .filter(({ version }) => version > head)
    .map(({ audience, version }) => `the ${audience.kind} showed commit ${version}, and the log ends at ${head}`);
  let state: BranchDay | undefined;
  for (const { version, events } of commits) {
    for (const event of events) state = evolve(state, event);
    const different = new Map(byVersion.get(version)?.map((each) => [JSON.stringify(each), each]));
    for (const { audience, at, digest } of different.values())
      if (digestOf(viewFor(state, audience, at)) !== digest)
        untrue.push(`the ${audience.kind} showed another commit ${version} than the log has`);
  }
  return untrue;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
