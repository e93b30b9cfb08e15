import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RedisClientType } from 'redis';
import { z } from 'zod';
import type { BranchId } from '../../domain/ids.ts';
import { SOUND_STATES } from '../../protocol/display.ts';
import type { Presence, PresentScreen } from '../ports.ts';
import { ScreensHere } from './here.ts';

interface RedisPresenceOptions {
  readonly commands: RedisClientType;
  /** What a process said is forgotten when it has not said it again for so long: it was killed. */
  readonly keptMs?: number;
}

const KEPT_MS = 30_000;
/** Who asks waits no longer than this for what the other processes said. */
const PATIENCE_MS = 1_000;

const screenSchema = z.object({
  kind: z.enum(['kiosk', 'display', 'counter', 'manager']),
  actor: z.string(),
  counterId: z.string().optional(),
  zone: z.string().optional(),
  sound: z.object({ screen: z.string(), state: z.enum(SOUND_STATES) }).optional(),
  since: z.number(),
});

/**
 * Presence over all processes on one Redis: for each branch a set of processes, and for each of them a hash of its screens that
 * expires. Each change is written at once, and everything again now and then: so it is right after Redis was away, too.
 */
export function redisPresence({ commands, keptMs = KEPT_MS }: RedisPresenceOptions): Presence {
  const here = new ScreensHere();
  const me = randomUUID();
  const setOf = (branchId: BranchId) => `lobbyflow:presence:${branchId}`;
  const hashOf = (branchId: BranchId, process: string) => `lobbyflow:presence:${branchId}:${process}`;

  /** What fails is made good by the next refresh. */
  const write = (work: () => Promise<unknown>) => (commands.isReady ? work().catch(() => {}) : Promise.resolve());
  const say = (branchId: BranchId, screens: ReadonlyMap<string, PresentScreen>, anew: boolean) => {
    const hash = hashOf(branchId, me);
    const batch = commands.multi();
    if (anew) batch.del(hash);
    for (const [id, screen] of screens) batch.hSet(hash, id, JSON.stringify(screen));
    batch
      .pExpire(hash, keptMs)
      .sAdd(setOf(branchId), me)
      .pExpire(setOf(branchId), 2 * keptMs);
    return batch.exec();
  };
  const refresh = () => {
    for (const branchId of here.branches()) void write(() => say(branchId, here.of(branchId), true));
  };
  const timer = setInterval(refresh, keptMs / 3).unref();
  commands.on('ready', refresh);

  const others = async (branchId: BranchId): Promise<PresentScreen[]> => {
    const processes = (await commands.sMembers(setOf(branchId))).filter((process) => process !== me);
    const lists = await Promise.all(processes.map((process) => commands.hVals(hashOf(branchId, process))));
    const gone = processes.filter((_, place) => lists[place]?.length === 0);
    if (gone.length > 0) void write(() => commands.sRem(setOf(branchId), gone));
    return lists.flat().flatMap(read);
  };

  return {
    arrived(branchId, screen) {
      const id = here.add(branchId, screen);
      void write(() => say(branchId, new Map([[id, screen]]), false));
      return () => {
        here.remove(branchId, id);
        void write(() => commands.hDel(hashOf(branchId, me), id));
      };
    },
    async screens(branchId) {
      const known = [...here.of(branchId).values()];
      const elsewhere = commands.isReady ? await inTime(others(branchId)) : undefined;
      return { screens: [...known, ...(elsewhere ?? [])], complete: elsewhere !== undefined };
    },
    here: () => here.counts(),
    async close() {
      clearInterval(timer);
      commands.off('ready', refresh);
      await inTime(Promise.all(here.branches().map((branchId) => write(() => commands.del(hashOf(branchId, me))))));
    },
  };
}

function read(text: string): readonly PresentScreen[] {
  try {
    const parsed = screenSchema.safeParse(JSON.parse(text));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

/** Nothing when it fails or takes too long. */
function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work.catch(() => undefined), delay(PATIENCE_MS, undefined, { ref: false })]);
}
