import { defineConfig } from '@playwright/test'
import { chromium } from './support/chromium.ts'
import type { Options } from './support/test.ts'

// Runs in the projects without script: a file named *.noscript.spec.ts, or a test or group tagged @noscript.
const withoutScript = /@noscript|\.noscript\.spec\.ts/
const onlyWithoutScript = /\.noscript\.spec\.ts$/

const desktop = { viewport: { width: 1440, height: 900 } }
const tablet = { viewport: { width: 1024, height: 768 }, hasTouch: true, deviceScaleFactor: 2 }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

export default defineConfig<object, Options>({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: !!process.env.CI,
  // A test that passes at the second try has found something.
  retries: 0,
  workers: 2,
  timeout: 40_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: chromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', testIgnore: onlyWithoutScript, use: desktop },
    { name: 'tablet', testIgnore: onlyWithoutScript, use: tablet },
    { name: 'phone', testIgnore: onlyWithoutScript, use: phone },
    { name: 'no-script-desktop', grep: withoutScript, use: { ...desktop, javaScriptEnabled: false } },
    { name: 'no-script-phone', grep: withoutScript, use: { ...phone, javaScriptEnabled: false } },
  ],
})
