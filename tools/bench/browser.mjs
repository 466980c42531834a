// Chromium as the browser tests have it: their playwright-core, and the system's browser where there is one.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(import.meta.dirname, '../../end2end/package.json'))
const places = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']

/** Launches it; without a sandbox, since containers run as root. */
export function browser() {
  const executablePath = process.env.CHROMIUM ?? places.find((path) => existsSync(path))
  return require('playwright-core').chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
