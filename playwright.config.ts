/**
 * The same specs on both hosts; those about one host alone say so in their name. `npm test` builds the product first and picks the projects that
 * this machine can run; by hand: `npx playwright test --project=web e2e/drop.spec.ts`.
 */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Specs measure how fast the product answers; two at once would measure each other.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: { trace: 'retain-on-failure', actionTimeout: 10_000 },
  projects: [
    { name: 'web', testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', testIgnore: '**/*.web.spec.ts' },
    // Not a test: `npm run screenshots` takes the README's pictures.
    { name: 'screenshots', testMatch: '**/*.screenshots.ts' },
  ],
});
