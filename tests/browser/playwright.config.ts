import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  // What takes long has a home of its own: long.config.ts.
  testIgnore: 'long/**',
  // The server with its few demo consultations is shared. Two at a time are no faster: a browser and a server keep two cores busy.
  workers: 1,
  fullyParallel: false,
  // A browser beside all other tests on two cores may be slow once. What passes at the second attempt only is named by eng/test, to be looked into.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
