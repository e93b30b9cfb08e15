import { test as base } from '@playwright/test';
import { playBusyMorning, type Scene } from './busy-morning.ts';
import { RunningServer } from '../../support/running-server.ts';

interface OfTheWorker {
  /** The server as `npm start` runs it. A test that counts customers takes a branch that no other test uses. */
  readonly server: RunningServer;
  /** A busy hall on a server of its own, whose clock stands still. */
  readonly scene: Scene;
}

export const test = base.extend<object, OfTheWorker>({
  server: [
    async ({}, use) => {
      const server = await RunningServer.launch();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  scene: [
    async ({}, use) => {
      const scene = await playBusyMorning();
      await use(scene);
      await scene.server.dispose();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

export { expect } from '@playwright/test';
