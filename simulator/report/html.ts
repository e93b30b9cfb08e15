import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { PolicyResult } from '../run/compare.ts';
import type { Scenario } from '../scenario/schema.ts';
import { tableOf } from './table.ts';

/** Colours that stay apart for people who see colours differently (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
const SHARES = Array.from({ length: 100 }, (_, percent) => percent);

interface Picture {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly labels: readonly (string | number)[];
  readonly lines: readonly { readonly label: string; readonly data: readonly (number | null)[] }[];
}

/** One page that needs nothing else: the table, and pictures of waits over the day, windows open, and who waited how long. */
export function htmlOf(scenario: Scenario, results: readonly PolicyResult[], seed: number): string {
  const pictures = [waitsOverTheDay(results), windowsOverTheDay(results), whoWaitedHowLong(results)];
  const shown = scenario.counters.some(({ kind }) => kind === 'floating') ? pictures : [pictures[0], pictures[2]];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(scenario.name)}</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem } pre { overflow-x: auto; font-size: 13px } canvas { margin: 1.5rem 0 }</style>
<h1>${escaped(scenario.name)}</h1>
${shown.map((_, place) => `<canvas id="picture-${place}" height="120" role="img"></canvas>`).join('\n')}
<pre>${escaped(tableOf(scenario, results, seed))}</pre>
<script>${chartLibrary()}</script>
<script>
for (const [place, picture] of ${JSON.stringify(shown).replaceAll('<', '\\u003c')}.entries()) {
  const canvas = document.getElementById('picture-' + place);
  canvas.setAttribute('aria-label', picture.title);
  new Chart(canvas, {
    type: 'line',
    data: { labels: picture.labels, datasets: picture.lines.map((line, index) => ({ ...line, borderColor: ${JSON.stringify(COLOURS)}[index % ${COLOURS.length}], pointRadius: 0, borderWidth: 2, tension: 0.2 })) },
    options: { animation: false, plugins: { title: { display: true, text: picture.title, font: { size: 16 } } }, scales: { x: { title: { display: true, text: picture.x } }, y: { min: 0, title: { display: true, text: picture.y } } } },
  });
}
</script>
</html>
`;
}

/** The sum of a list of each day, slot by slot. */
function total(result: PolicyResult, list: 'waits' | 'customers' | 'windowMinutes'): number[] {
  const first = result.days[0]?.slots[list] ?? new Float64Array(0);
  return Array.from(first, (_, slot) => result.days.reduce((sum, { slots }) => sum + (slots[list][slot] ?? 0), 0));
}

function slotLabels(results: readonly PolicyResult[]): number[] {
  const slots = results[0]?.days[0]?.slots;
  return Array.from(slots?.waits ?? [], (_, slot) => Math.round(slot * (slots?.minutes ?? 0)));
}

function waitsOverTheDay(results: readonly PolicyResult[]): Picture {
  return {
    title: 'Mean wait by time of arrival',
    x: 'minutes after the opening',
    y: 'minutes',
    labels: slotLabels(results),
    lines: results.map((result) => {
      const customers = total(result, 'customers');
      const data = total(result, 'waits').map((wait, slot) => (customers[slot] ? wait / customers[slot] : null));
      return { label: result.name, data };
    }),
  };
}

function windowsOverTheDay(results: readonly PolicyResult[]): Picture {
  return {
    title: 'Floating windows opening or open, mean of the days',
    x: 'minutes after the opening',
    y: 'windows',
    labels: slotLabels(results),
    lines: results.map((result) => {
      const minutes = result.days.length * (result.days[0]?.slots.minutes ?? 1);
      return { label: result.name, data: total(result, 'windowMinutes').map((sum) => sum / minutes) };
    }),
  };
}

function whoWaitedHowLong(results: readonly PolicyResult[]): Picture {
  return {
    title: 'Who waited how long',
    x: 'so many percent of the customers …',
    y: '… waited at most so many minutes',
    labels: SHARES,
    lines: results.map((result) => {
      const waits = Float64Array.from(result.days.flatMap(({ values }) => [...(values.get('wait') ?? [])])).sort();
      return {
        label: result.name,
        data: SHARES.map((percent) => waits[Math.floor((percent / 100) * waits.length)] ?? null),
      };
    }),
  };
}

function chartLibrary(): string {
  const folder = path.dirname(createRequire(import.meta.url).resolve('chart.js'));
  return readFileSync(path.join(folder, 'chart.umd.min.js'), 'utf8').replaceAll('</script', '<\\/script');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
