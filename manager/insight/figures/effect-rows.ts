import type { EffectFigure, EffectReport } from '../../../protocol/reports.ts';

export const EFFECT_FIGURES: readonly EffectFigure[] = ['waiting', 'mean', 'longest'];

type Shown = EffectReport['proposals'][number];

export interface EffectRow {
  readonly proposal: Shown;
  /** Absent for longer hours, which promise no wait. */
  readonly figures?: readonly {
    readonly figure: EffectFigure;
    readonly without: number;
    readonly promised: number;
    readonly came: number | undefined;
    readonly held: boolean | undefined;
  }[];
  /** How many of the promised figures held; nothing before it is measured. */
  readonly held?: 'yes' | 'partly' | 'no';
}

/** Those that were followed, in the order in which they were. */
export function followedRows({ proposals, kept }: EffectReport): EffectRow[] {
  return proposals
    .filter(({ status }) => status === 'approved')
    .sort((one, other) => (one.settledAt ?? 0) - (other.settledAt ?? 0))
    .map((proposal) => {
      const { promised, came } = proposal;
      if (promised === undefined) return { proposal };
      const figures = EFFECT_FIGURES.map((figure) => {
        const margin = kept?.[figure].margin;
        const worse = came && came[figure] - promised.after[figure];
        const held =
          worse === undefined || margin === undefined
            ? undefined
            : worse <= Math.max(margin, promised.after[figure] / 4);
        return {
          figure,
          without: promised.before[figure],
          promised: promised.after[figure],
          came: came?.[figure],
          held,
        };
      });
      if (came === undefined) return { proposal, figures };
      const kepts = figures.filter(({ held }) => held).length;
      return { proposal, figures, held: kepts === figures.length ? 'yes' : kepts === 0 ? 'no' : 'partly' };
    });
}

export function notFollowed({ proposals }: EffectReport): readonly Shown[] {
  return proposals.filter(({ status }) => status === 'dismissed' || status === 'expired');
}
