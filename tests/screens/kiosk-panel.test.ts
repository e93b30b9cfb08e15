import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { panelOf } from '../../kiosk/device.ts';

/** The kiosk checklist of docs/kiosk.md, as far as figures and style sheets say it. */

const panel = (profile: string, width: number, height: number) => panelOf(new URLSearchParams(profile), width, height);

describe('K1 K2 a panel is measured in millimetres, by its diagonal', () => {
  test.each([
    ['inch=32', 1080, 1920, 2.71],
    ['inch=21.5', 1080, 1920, 4.03],
    ['inch=15.6', 1280, 800, 3.81],
    ['inch=10.1', 1280, 800, 5.88],
    // Without a profile the common ones.
    ['', 1080, 1920, 2.71],
    ['inch=nonsense', 1280, 800, 3.81],
  ])('%s on %d x %d: %d px in 1 mm', (profile, width, height, pixels) => {
    expect(panel(profile, width, height).pixelsPerMm).toBeCloseTo(pixels, 2);
  });

  test('the smallest letter is 0.7 degrees high at 500 mm, on every panel', () => {
    const [, floor] = /--floor: calc\(var\(--mm\) \* ([\d.]+)\)/.exec(read('kiosk.css')) ?? [];
    const capital = Number(floor) * 0.733;
    expect(capital).toBeGreaterThanOrEqual(2 * 500 * Math.tan((0.35 * Math.PI) / 180));
    expect(capital).toBeGreaterThanOrEqual(4.8);
  });
});

describe('K4 what is out of reach from a wheelchair', () => {
  test('of a 32-inch panel at 700 mm: the upper 510 px', () => {
    expect(Math.abs(panel('inch=32&edge=700', 1080, 1920).reachTop - 510)).toBeLessThanOrEqual(3);
  });
  test('nothing of a panel that hangs low, and never more than half', () => {
    expect(panel('inch=15.6&edge=900', 1280, 800).reachTop).toBe(0);
    expect(panel('inch=32&edge=1200', 1080, 1920).reachTop).toBe(960);
  });
});

const FOLDER = new URL('../../kiosk/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const sheets = readdirSync(FOLDER).filter((file) => /\.(vue|css)$/.test(file));

/** The rules of a style sheet as [selector, declarations]. */
const rules = (text: string) =>
  [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => [selector.trim(), body] as const);

test('K17 lines of text stand 1.3 apart or more, and no sign is pushed into the next', () => {
  const tight = sheets.flatMap((file) =>
    rules(read(file).replace(/[^]*<style[^>]*>/, ''))
      // Figures have no lines below them.
      .filter(([selector]) => !/\.figures|strong|\.clock/.test(selector))
      .flatMap(([selector, body]) => {
        const [, height] = /line-height:\s*([\d.]+)\s*[;!]/.exec(body) ?? [];
        const pushed = /letter-spacing:\s*-/.test(body);
        return (height !== undefined && Number(height) < 1.3) || pushed ? [`${file}: ${selector}`] : [];
      }),
  );
  expect(sheets.length).toBeGreaterThan(15);
  expect(tight).toEqual([]);
});
