import { existsSync } from 'node:fs'

/** The browser: CHROMIUM, else the system's, else the one that Playwright has fetched itself (undefined). */
export function chromium(): string | undefined {
  const places = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']
  return process.env.CHROMIUM ?? places.find((path) => existsSync(path))
}
