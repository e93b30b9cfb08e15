import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { changed } from './changes.ts';
import { readRecordedDay } from './recorded.ts';
import { scenarioSchema, type Scenario, type ScenarioInput } from './schema.ts';
import { readTrace } from './trace.ts';

/** Reads a scenario file, and the trace and the recorded day beside it. @throws Error with what is wrong, one line each */
export function loadScenario(file: string, changes: readonly string[] = []): Scenario {
  const scenario = checked(changed(parse(readFileSync(file, 'utf8')), changes), file);
  const beside = (name: string) => readFileSync(path.resolve(path.dirname(file), name), 'utf8');
  const { trace, recorded } = scenario;
  return checkedNames(
    {
      ...scenario,
      ...(trace !== undefined &&
        'file' in trace && { trace: { rows: readTrace(beside(trace.file), trace.opensMinute) } }),
      ...(recorded !== undefined &&
        'file' in recorded && {
          recorded: { customers: readRecorded(beside(recorded.file), recorded.file), draw: recorded.draw },
        }),
    },
    file,
  );
}

function readRecorded(json: string, file: string) {
  try {
    return [...readRecordedDay(json)];
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

export function scenarioOf(input: ScenarioInput): Scenario {
  return checked(input, 'the scenario');
}

function checked(input: unknown, file: string): Scenario {
  const parsed = scenarioSchema.safeParse(input);
  if (!parsed.success) throw new Error(`${file} is no scenario:\n${z.prettifyError(parsed.error)}`);
  return checkedNames(parsed.data, file);
}

/** Names that nothing defines are found here, not in the middle of a run. */
function checkedNames(scenario: Scenario, file: string): Scenario {
  const segments = new Set(scenario.segments.map(({ id }) => id));
  const services = new Set(scenario.services.map(({ id }) => id));
  const wrong = new Set<string>();
  const check = (names: readonly string[], known: ReadonlySet<string>, what: string) => {
    for (const name of names) if (!known.has(name)) wrong.add(`there is no ${what} "${name}"`);
  };
  for (const stream of scenario.arrivals)
    for (const group of 'mix' in stream ? stream.mix : [stream]) {
      check([group.segment], segments, 'segment');
      check(group.services, services, 'service');
    }
  for (const { does = [], first = [], help } of scenario.counters) {
    check(does, services, 'service');
    check([...first, ...help], segments, 'segment');
  }
  if (scenario.trace !== undefined && 'rows' in scenario.trace)
    for (const [, segment, service] of scenario.trace.rows) {
      check([segment], segments, 'segment');
      check([service], services, 'service');
    }
  if (scenario.recorded !== undefined && 'customers' in scenario.recorded)
    for (const { segment, services: wanted } of scenario.recorded.customers) {
      check([segment], segments, 'segment');
      check(wanted, services, 'service');
    }
  if (scenario.arrivals.length === 0 && scenario.trace === undefined && scenario.recorded === undefined)
    wrong.add('nobody comes: write arrivals, trace or recorded');
  if (wrong.size > 0) throw new Error(`${file} is no scenario:\n${[...wrong].join('\n')}`);
  return scenario;
}
