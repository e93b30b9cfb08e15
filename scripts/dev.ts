import { spawn } from 'node:child_process';

/** The server, started anew on every change, and Vite in front of it for the screens. Ends when one of the two ends. */

const children = [
  spawn(process.execPath, ['--import', 'tsx', '--watch-preserve-output', '--watch', 'server/main.ts'], {
    stdio: 'inherit',
  }),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js'], { stdio: 'inherit' }),
];

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.on('exit', stop);
