import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each worker has servers of its own; within a file one test comes after the other.
  workers: 3,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Ten megabytes in the background of each visit to a kiosk: the visit that is about them allows it.
    serviceWorkers: 'block',
    // Slows everything by a sixth. To look at a failure: --trace retain-on-failure.
    trace: 'off',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium-headless-shell',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // As on the display of a hall: it speaks without being touched first.
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
});
