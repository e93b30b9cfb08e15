import { z } from 'zod';
import type { Chance } from '../chance.ts';

/** Laws of chance for times, in minutes. A plain number is that number each time. */

const positive = z.number().positive();
const mean = positive;

const named = z.discriminatedUnion('law', [
  z.strictObject({ law: z.literal('exponential'), mean }),
  z.strictObject({ law: z.literal('lognormal'), mean, cv: z.number().min(0) }),
  z.strictObject({ law: z.literal('gamma'), mean, cv: positive }),
  z.strictObject({ law: z.literal('erlang'), mean, stages: z.number().int().min(1).max(1000) }),
  z.strictObject({ law: z.literal('hyperexponential'), mean, cv: z.number().min(1) }),
  z.strictObject({ law: z.literal('uniform'), from: z.number().min(0), to: positive }),
  z.strictObject({ law: z.literal('empirical'), values: z.array(z.number().min(0)).min(1) }),
]);

export const lawSchema = z.union(
  [z.number().min(0), named],
  'write a number of minutes, or { law: exponential, mean: 5 }',
);
export type Law = z.infer<typeof lawSchema>;

export function meanOf(law: Law): number {
  if (typeof law === 'number') return law;
  if (law.law === 'uniform') return (law.from + law.to) / 2;
  if (law.law === 'empirical') return law.values.reduce((sum, value) => sum + value, 0) / law.values.length;
  return law.mean;
}

export function draw(law: Law, chance: Chance): number {
  if (typeof law === 'number') return law;
  switch (law.law) {
    case 'exponential':
      return chance.exponential(law.mean);
    case 'lognormal':
      return law.cv === 0 ? law.mean : chance.lognormal(law.mean, law.cv);
    case 'gamma':
      return gamma(chance, 1 / law.cv ** 2) * law.mean * law.cv ** 2;
    case 'erlang': {
      let sum = 0;
      for (let stage = 0; stage < law.stages; stage += 1) sum += chance.exponential(law.mean / law.stages);
      return sum;
    }
    case 'hyperexponential': {
      // Two branches with balanced means: the usual choice when only mean and variation are known.
      const variance = law.cv ** 2;
      const first = (1 + Math.sqrt((variance - 1) / (variance + 1))) / 2;
      const branch = chance.happens(first) ? first : 1 - first;
      return chance.exponential(law.mean / (2 * branch));
    }
    case 'uniform':
      return chance.between(law.from, law.to);
    case 'empirical':
      return chance.pick(law.values) ?? 0;
  }
}

/** Gamma with this shape and scale 1, by the method of Marsaglia and Tsang (2000). */
function gamma(chance: Chance, shape: number): number {
  if (shape < 1) return gamma(chance, shape + 1) * (1 - chance.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = chance.normal();
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - chance.uniform()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
