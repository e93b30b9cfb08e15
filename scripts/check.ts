import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Runs every `check:` script of package.json, two at a time, all of them even when one fails, and says which ones did. */

const AT_A_TIME = 2;

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const names = Object.keys(scripts).filter((name) => name.startsWith('check:'));
const waiting = [...names];
const failed: string[] = [];

function run(name: string): Promise<void> {
  const start = performance.now();
  const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer) => (said += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => {
    child.once('close', (status) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
      if (status !== 0) {
        console.log(said.trimEnd());
        failed.push(name);
      }
      resolve();
    });
  });
}

async function runWaiting(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await run(name);
}

await Promise.all(Array.from({ length: AT_A_TIME }, runWaiting));
console.log(failed.length === 0 ? `All ${names.length} checks passed.` : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
