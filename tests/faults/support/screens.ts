import { createHash } from 'node:crypto';
import { connect, type Connection } from '../../../client/connection.ts';
import type { Audience } from '../../../domain/views/views.ts';
import type { ViewMessage } from '../../../protocol/messages.ts';
import type { Ledger } from './ledger.ts';
import { tokenFor, type Place } from './place.ts';

/** A screen says "live" so long after it last heard that what it shows is the present. */
const LIVE_MS = 8_000;
/** What is shown as live may be this old at most: what a server may take for the present, and a little for the way. */
const STALE_MS = LIVE_MS + 4_000;
const LOOK_MS = 250;
/** What lasts for fewer looks than this is a backlog that is being read. */
const LOOKS = 4;

/** What a screen showed, small enough to be kept. */
export interface Shown {
  readonly audience: Audience;
  readonly version: number;
  readonly at: number;
  readonly digest: string;
}

export function digestOf(view: unknown): string {
  return createHash('sha1').update(JSON.stringify(view)).digest('base64');
}

/** Screens of every kind at every server, which note what they show, and whether they call it live. */
export class Screens {
  readonly #screens: Screen[] = [];
  readonly #timer: NodeJS.Timeout;
  /** In words: which screen showed what as live, and how old it was. */
  readonly stale: string[] = [];
  #shown: Shown[] = [];

  private constructor(private readonly ledger: Ledger) {
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  static async open(place: Place, ledger: Ledger): Promise<Screens> {
    const screens = new Screens(ledger);
    const display = await tokenFor(place, { role: 'display' });
    const manager = await tokenFor(place, { role: 'manager' });
    const counterId = place.hall.counters[0] ?? '';
    for (const url of place.doors)
      for (const [audience, token] of [
        [{ kind: 'display' }, display],
        [{ kind: 'manager' }, manager],
        [{ kind: 'counter', counterId }, manager],
        [{ kind: 'kiosk' }, manager],
      ] as const)
        screens.#add(url, place.hall.branchId, audience, token);
    return screens;
  }

  /** What was shown since this was last asked. */
  takeShown(): readonly Shown[] {
    const shown = this.#shown;
    this.#shown = [];
    return shown;
  }

  /** Resolves when all show at least this version. @returns those that do not, in words */
  async reach(version: number, withinMs: number): Promise<readonly string[]> {
    const until = performance.now() + withinMs;
    const behind = () => this.#screens.filter((screen) => screen.version < version);
    while (behind().length > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    return behind().map((screen) => `${screen.name} shows ${screen.version} of ${version}`);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { line } of this.#screens) line.close();
  }

  #add(url: string, branchId: string, audience: Audience, token: string): void {
    const screen: Screen = {
      name: `${audience.kind} at ${url}`,
      version: 0,
      heardAt: -Infinity,
      staleLooks: 0,
      line: undefined as never,
    };
    screen.line = connect({
      ...{ url, branchId, audience, token: () => token },
      onView: ({ version, at, view }: ViewMessage) => {
        screen.version = version;
        this.#shown.push({ audience, version, at, digest: digestOf(view) });
      },
      onProfile: () => {},
      onAlive: () => (screen.heardAt = performance.now()),
      onProblem: () => {},
    });
    this.#screens.push(screen);
  }

  #look(): void {
    const now = performance.now();
    const known = this.ledger.headAt(now - STALE_MS);
    for (const screen of this.#screens) {
      const isStale = now - screen.heardAt < LIVE_MS && screen.version < known;
      screen.staleLooks = isStale ? screen.staleLooks + 1 : 0;
      if (screen.staleLooks === LOOKS)
        this.stale.push(`${screen.name} shows ${screen.version} as live, ${known} is ${STALE_MS / 1000} s old`);
    }
  }
}

interface Screen {
  readonly name: string;
  version: number;
  heardAt: number;
  staleLooks: number;
  line: Connection;
}
