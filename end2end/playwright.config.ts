import { defineConfig } from '@playwright/test'
import { chromium } from './support/chromium.ts'
import type { Options } from './support/test.ts'

// Which files run where. A file that is in no list runs at both widths that people sit and stand at: desktop and phone.
// `*.noscript.spec.ts` runs without script.
const noscript = /\.noscript\.spec\.ts$/
const onlyTablet = /\/tablet\.spec\.ts$/
const onlyPhone = /\/upload\.spec\.ts$/
const onlyDesktop = /\/languages\.spec\.ts$/
const everywhere = /\/(story|rma|decisions)\.spec\.ts$/
// Pictures for people to look at are made on request: SHOTS=folder npx playwright test shots
const shots = /\/shots\.spec\.ts$/
const unasked = process.env.SHOTS ? [] : [shots]

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
    // What fades in is looked at as it ends.
    contextOptions: { reducedMotion: 'reduce' },
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
    { name: 'desktop', testIgnore: [noscript, onlyTablet, onlyPhone, ...unasked], use: desktop },
    { name: 'tablet', testMatch: [everywhere, onlyTablet, ...(process.env.SHOTS ? [shots] : [])], use: tablet },
    { name: 'phone', testIgnore: [noscript, onlyTablet, onlyDesktop, ...unasked], use: phone },
    { name: 'no-script-desktop', testMatch: noscript, use: { ...desktop, javaScriptEnabled: false } },
    { name: 'no-script-tablet', testMatch: noscript, use: { ...tablet, javaScriptEnabled: false } },
    { name: 'no-script-phone', testMatch: noscript, use: { ...phone, javaScriptEnabled: false } },
  ],
})
