import { httpSender, socketSender, type Sender } from './wire.ts';
import { Work, type Post } from './load-work.ts';

/** A process of senders: opens them, and lets them work for as long as it is told, each sending when it has its answer. */

export type Door = 'socket' | 'http';
export type LoadTask =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly door: Door;
      readonly url: string;
      readonly posts: readonly Post[];
    }
  | { readonly kind: 'run'; readonly name: string; readonly ms: number }
  | { readonly kind: 'close'; readonly name: string };

export interface Slice {
  readonly commands: number;
  readonly refused: number;
  readonly seconds: number;
  /** Of each command, ms. */
  readonly latencies: readonly number[];
}

interface Worker {
  readonly sender: Sender;
  readonly work: Work;
}

const crews = new Map<string, readonly Worker[]>();

async function open({ name, door, url, posts }: Extract<LoadTask, { kind: 'open' }>): Promise<void> {
  const workers = posts.map(async (post) => {
    const address = `${url}/api/branches/${post.branchId}/commands`;
    const sender = door === 'socket' ? await socketSender(url, post.token) : await httpSender(address, post.token);
    return { sender, work: new Work(post) };
  });
  crews.set(name, await Promise.all(workers));
}

async function run(crew: readonly Worker[], ms: number): Promise<Slice> {
  const latencies: number[] = [];
  let refused = 0;
  const begin = performance.now();
  await Promise.all(
    crew.map(async ({ sender, work }) => {
      // A whole round each time, so that no counter is left in the middle of a service.
      while (performance.now() - begin < ms) {
        for (let step = 0; step < 4; step += 1) {
          const sent = performance.now();
          const answer = await sender.ask(work.next());
          latencies.push(performance.now() - sent);
          if (!answer.startsWith('{"ok":true')) refused += 1;
        }
      }
    }),
  );
  return { commands: latencies.length, refused, seconds: (performance.now() - begin) / 1000, latencies };
}

async function work(task: LoadTask): Promise<Slice | undefined> {
  const crew = crews.get(task.name) ?? [];
  if (task.kind === 'run') return run(crew, task.ms);
  if (task.kind === 'open') await open(task);
  else {
    for (const { sender } of crew) sender.close();
    crews.delete(task.name);
  }
  return undefined;
}

process.on('message', (task: LoadTask) => void work(task).then((slice) => process.send?.(slice ?? {})));
