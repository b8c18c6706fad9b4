import { defineConfig, devices } from '@playwright/test';

// CHROMIUM names a browser that is installed already; without it, Playwright's own is used.
const executablePath = process.env.CHROMIUM;

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true, // each test has a world of its own
  workers: 2,
  use: {
    ...devices['Desktop Chrome'],
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    launchOptions: executablePath ? { executablePath, args: ['--no-sandbox'] } : {},
  },
});
