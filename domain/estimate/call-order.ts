import type { Crowd } from './crowd.ts';
import { STANDS, STEP, type HallModel, type ModelCounter } from './hall-model.ts';

// Bound here: a run reads them a hundred thousand times.
const { ceiling: CEILING, policy: BY_POLICY } = STEP;
const { own: OWN } = STANDS;

/** Rules R1–R10 in one future: whom a counter takes next. What it found stands in its fields until it is asked again. */
export class CallOrder {
  readonly #model: HallModel;
  readonly #crowd: Crowd;
  /** What the calls of this future change in the index of each kind (rule R10). */
  readonly #turns: Float64Array;
  /** -1 for nobody. */
  kind = -1;
  /** When the first that it may not help with yet will be late; ms from now. */
  wake = Infinity;
  #step = 0;
  #score = 0;
  #waited = 0;
  #helping = false;

  constructor(model: HallModel, crowd: Crowd) {
    this.#model = model;
    this.#crowd = crowd;
    this.#turns = new Float64Array(model.kinds.length);
  }

  reset(): void {
    this.#turns.fill(0);
  }

  /** Somebody of this kind is called. */
  count(kind: number): void {
    const turn = this.#model.turns?.[kind];
    if (turn !== undefined) for (const like of turn.kinds) this.#turns[like] = (this.#turns[like] ?? 0) - turn.cost;
  }

  /** The first of each line is looked at (rule R7). */
  choose(at: ModelCounter, t: number): void {
    const { serves, owned } = at;
    const { firstSince } = this.#crowd;
    let ownWaits = false;
    this.kind = -1;
    this.wake = Infinity;
    for (let place = 0; place < serves.length; place += 1) {
      const kind = serves[place] ?? 0;
      const since = firstSince[kind] ?? Infinity;
      if (since === Infinity) continue;
      const waited = t - since;
      const step = this.#stepAt(kind, waited);
      const helping = place >= owned;
      if (!helping) ownWaits = true;
      else if (!this.#mayHelp(at, kind, step, waited, ownWaits)) {
        this.wake = Math.min(this.wake, since + this.lateAfter(at, kind));
        continue;
      }
      const score = this.#scoreAt(at, kind, step, waited);
      if (this.kind >= 0 && !this.#isBefore(step, score, waited)) continue;
      this.kind = kind;
      this.#step = step;
      this.#score = score;
      this.#waited = waited;
      this.#helping = helping;
    }
  }

  /** Whether one more of this kind, who came at the beginning, would be called before the one that was found. */
  wouldTake(at: ModelCounter, t: number, kind: number): boolean {
    // Somebody like it has waited longer and goes before it, whatever the policy (rule R7).
    if ((this.#crowd.firstSince[kind] ?? Infinity) <= 0) return false;
    const found = this.kind >= 0;
    const own = at.stands[kind] === OWN;
    const step = this.#stepAt(kind, t);
    if (!own && !this.#mayHelp(at, kind, step, t, found && !this.#helping)) {
      this.wake = Math.min(this.wake, this.lateAfter(at, kind));
      return false;
    }
    if (!found) return true;
    const keepsFromHelping = own && this.#helping && !this.#mayHelp(at, this.kind, this.#step, this.#waited, true);
    return keepsFromHelping || this.#isBefore(step, this.#scoreAt(at, kind, step, t), t);
  }

  /** The wait after which a counter may help with a kind whatever else it has, ms (rule R8). */
  lateAfter({ helpsLate }: ModelCounter, kind: number): number {
    const { ceilingMs, targetMs } = this.#model;
    const ceiling = ceilingMs[kind] ?? Infinity;
    return helpsLate ? Math.min(ceiling, targetMs[kind] ?? Infinity) : ceiling;
  }

  /** Rules R2, R3, R6: before the one that was found. */
  #isBefore(step: number, score: number, waited: number): boolean {
    if (step !== this.#step) return step < this.#step;
    return score !== this.#score ? score > this.#score : waited > this.#waited;
  }

  /** Rules R2, R3. */
  #stepAt(kind: number, waited: number): number {
    const { ceilingMs, steps } = this.#model;
    return waited >= (ceilingMs[kind] ?? Infinity) ? CEILING : (steps[kind] ?? BY_POLICY);
  }

  /** Within a step, the larger the sooner. */
  #scoreAt({ base, slope }: ModelCounter, kind: number, step: number, waited: number): number {
    if (step === BY_POLICY) return (base[kind] ?? 0) + (this.#turns[kind] ?? 0) + (slope[kind] ?? 0) * waited;
    return step === CEILING ? waited / (this.#model.targetMs[kind] ?? Infinity) : waited;
  }

  /** Rule R8. */
  #mayHelp(at: ModelCounter, kind: number, step: number, waited: number, ownWaits: boolean): boolean {
    if (step === CEILING) return true;
    return (at.helpsFree && !ownWaits) || (at.helpsLate && waited >= (this.#model.targetMs[kind] ?? Infinity));
  }
}
