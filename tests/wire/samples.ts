import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

const FOLDER = new URL('./samples/', import.meta.url);

/** The stored sample, as JSON text: what was once sent or written. */
export function stored(name: string): string {
  return readFileSync(new URL(`${name}.json`, FOLDER), 'utf8');
}

/**
 * The value is exactly what is stored, in content and order; only the line breaks of the file are free. A change here is a
 * change of what other programs read and of logs that are already written: run with UPDATE_SAMPLES=1, look at the
 * difference, and raise the protocol's version when an old screen could misread it.
 */
export function expectSample(name: string, value: unknown): void {
  const file = new URL(`${name}.json`, FOLDER);
  const text = pretty(value);
  if (process.env['UPDATE_SAMPLES'] === '1' && !(existsSync(file) && pretty(JSON.parse(stored(name))) === text))
    writeFileSync(file, `${text}\n`);
  expect(text).toBe(pretty(JSON.parse(stored(name))));
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** Names of the stored samples of a folder. */
export function storedNames(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, FOLDER))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
}
