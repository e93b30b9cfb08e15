import type { ChartDataset, ChartOptions } from 'chart.js';
import type { Series } from './looks.ts';

/** Chart.js in the colours of the tokens. Read anew when the theme changes. */

export type Colour = (token: `--${string}`) => string;

/** The tokens as the page has them now. */
export function tokens(): Colour {
  const styles = getComputedStyle(document.documentElement);
  return (token) => styles.getPropertyValue(token).trim();
}

type Mixed = ChartDataset<'line' | 'bar', (number | null)[]>;

export function datasetOf({ name, look, values }: Series, colour: Colour): Mixed {
  const own = colour(look.colour);
  const shared = { label: name, data: [...values] };
  if (look.kind === 'bar')
    return {
      ...shared,
      type: 'bar',
      stack: 'bars',
      order: 2,
      backgroundColor: look.hatched ? hatching(own, colour('--surface')) : own,
      borderColor: own,
      borderWidth: 1,
      borderRadius: 2,
      categoryPercentage: 0.86,
      barPercentage: 1,
    };
  return {
    ...shared,
    type: 'line',
    order: 1,
    borderColor: own,
    backgroundColor: own,
    borderWidth: look.width ?? 2,
    borderDash: [...(look.dash ?? [])],
    pointStyle: look.point ?? 'circle',
    pointRadius: look.point === undefined ? 0 : 4,
    pointHoverRadius: 6,
    pointHitRadius: 12,
    tension: 0,
    spanGaps: true,
  };
}

/** Slanting lines, so that a bar is known without its colour. */
function hatching(line: string, ground: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const pen = tile.getContext('2d');
  if (pen === null) return line;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = line;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.moveTo(-2, 6);
  pen.lineTo(6, -2);
  pen.moveTo(2, 10);
  pen.lineTo(10, 2);
  pen.stroke();
  return pen.createPattern(tile, 'repeat') ?? line;
}

/** @param unit what stands beside a value in the box under the pointer */
export function optionsFor(
  colour: Colour,
  font: string,
  unit: string,
  words: (value: number) => string,
): ChartOptions<'line' | 'bar'> {
  const ticks = { color: colour('--ink-2'), font: { family: font, size: 13 } };
  return {
    responsive: true,
    maintainAspectRatio: false,
    // Nothing moves: a new figure is simply there.
    animation: false,
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        border: { color: colour('--line-strong') },
        ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 },
      },
      y: {
        beginAtZero: true,
        grid: { color: colour('--line') },
        border: { display: false },
        ticks: { ...ticks, precision: 0, maxTicksLimit: 6 },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        backgroundColor: colour('--ink'),
        titleColor: colour('--surface'),
        bodyColor: colour('--surface'),
        titleFont: { family: font, size: 14 },
        bodyFont: { family: font, size: 14 },
        padding: 10,
        usePointStyle: true,
        callbacks: { label: ({ dataset, parsed }) => `${dataset.label ?? ''}: ${words(parsed.y ?? 0)} ${unit}` },
      },
    },
  };
}
