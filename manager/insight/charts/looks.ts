/** How a series is drawn. Each differs by more than its colour: dash, point or hatching. */

export interface Look {
  readonly kind: 'line' | 'bar';
  /** A custom property of the tokens. */
  readonly colour: `--${string}`;
  readonly dash?: readonly number[];
  readonly point?: 'circle' | 'triangle' | 'rect' | 'rectRot';
  readonly width?: number;
  readonly hatched?: true;
}

export interface Series {
  readonly name: string;
  readonly look: Look;
  /** One for each label; `null`: none. */
  readonly values: readonly (number | null)[];
}

export const LOOKS = {
  came: { kind: 'line', colour: '--brand', point: 'circle', width: 3 },
  told: { kind: 'line', colour: '--ink-2', dash: [7, 4] },
  atMost: { kind: 'line', colour: '--ink-3', dash: [2, 3] },
  target: { kind: 'line', colour: '--warn', dash: [14, 5] },
  fixed: { kind: 'bar', colour: '--brand' },
  floating: { kind: 'bar', colour: '--seg-green', hatched: true },
  needed: { kind: 'line', colour: '--warn', point: 'rectRot', width: 2 },
  tickets: { kind: 'bar', colour: '--brand' },
  expected: { kind: 'line', colour: '--ink-2', dash: [7, 4], point: 'triangle' },
} as const satisfies Record<string, Look>;

/** Of policies side by side, the one in force first. */
export const POLICY_LOOKS: readonly Look[] = [
  { kind: 'line', colour: '--ink-2', dash: [7, 4], point: 'circle' },
  { kind: 'line', colour: '--brand', point: 'rect', width: 3 },
  { kind: 'line', colour: '--seg-green', dash: [2, 3], point: 'triangle', width: 3 },
  { kind: 'line', colour: '--seg-gold', dash: [10, 4, 2, 4], point: 'rectRot', width: 3 },
];

export function lookOf(place: number): Look {
  return POLICY_LOOKS[place % POLICY_LOOKS.length] ?? LOOKS.came;
}
