import { fdatasyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { secondPass, type FirstPass } from './backup/snapshot.ts';
import { type EmbeddedTask, type FromWorker, type ToWorker } from './embedded-messages.ts';
import { SharedSession } from './shared-session.ts';
import { syncPath, syncTree } from './sync-tree.ts';

/**
 * The thread in which the embedded PostgreSQL lives: a slow fsync stops this thread, never the server.
 * It either makes a new database in a folder and ends, or opens one and serves it until told to close.
 */

const port = parentPort;
if (!port) throw new Error('embedded-worker.ts is started as a worker thread.');
const post = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
const task = workerData as EmbeddedTask;

if (task.kind === 'create') {
  const db = await PGlite.create(task.folder);
  await db.close();
  syncTree(task.folder);
  post({ kind: 'created' });
} else {
  const db = await PGlite.create({ ...(task.folder && { dataDir: task.folder }), startParams: startParams() });
  const disk = task.folder ? hookFsync(db) : undefined;
  const session = new SharedSession((bytes) => {
    const answer = db.execProtocolRawSync(bytes);
    // PostgreSQL's own rule: after a failed fsync nothing may be called durable. The thread ends before it answers.
    if (disk?.failure) throw disk.failure;
    return answer;
  }, post);

  const before = disk?.syncs ?? 0;
  await db.query(`select pg_logical_emit_message(true, 'lobbyflow', 'does a commit reach the disk?')`);
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'run') session.accept(message);
    else if (message.kind === 'copy') post({ kind: 'copied', ...finish(message) });
    else void db.close().then(() => post({ kind: 'closed' }));
  });
  post({ kind: 'open', durable: (disk?.syncs ?? 0) > before });
}

/** A full disk is a reason not to have a backup, not to stop the hall. */
function finish(pass: FirstPass): { readonly error?: string } {
  try {
    secondPass(pass);
    return {};
  } catch (error) {
    return { error: String(error) };
  }
}

function startParams(): string[] {
  // `-F` turns fsync off. Only the method named `fsync` reaches the hook below; `fdatasync` is an empty function in this build.
  return [
    ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
    ...['-c', 'wal_sync_method=fsync', '-c', 'shared_buffers=32MB'],
  ];
}

interface NodeFolder {
  stream_ops: { fsync?: (stream: { nfd?: number; node: unknown }) => number };
  realPath(node: unknown): string;
}

/**
 * PGlite never calls fsync on Node: its file system has no such operation, so we give it one. This reaches inside PGlite, whose
 * version is pinned, and the commit above counts whether it works.
 */
function hookFsync(db: PGlite): { readonly syncs: number; readonly failure: Error | undefined } {
  const state: { syncs: number; failure: Error | undefined } = { syncs: 0, failure: undefined };
  const { NODEFS } = db.Module as unknown as { NODEFS?: NodeFolder };
  if (!NODEFS) return state;
  NODEFS.stream_ops.fsync = ({ nfd, node }) => {
    try {
      // Folders have no open file of their own here.
      if (nfd === undefined) syncPath(NODEFS.realPath(node));
      else fdatasyncSync(nfd);
      state.syncs += 1;
    } catch (error) {
      state.failure ??= error as Error;
    }
    return 0;
  };
  return state;
}
