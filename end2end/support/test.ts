import axe from 'axe-core'
import { test as base, expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { Mailbox } from './mailbox.ts'
import { people, type Person } from './people.ts'
import { Server } from './server.ts'
import { Strict } from './strict.ts'

export { expect, people }
export { links } from './mailbox.ts'
export type { Server } from './server.ts'

/** Chosen by a file with `test.use({ seed: 'empty' })`; each choice gets a server of its own. */
export interface Options {
  /** `demo`: the demo chain with a few cases, and `people`. `empty`: as on the first start. */
  seed: 'demo' | 'empty'
  /** Cases of the demo chain. */
  demoCases: number
}

interface WorkerFixtures {
  mailbox: Mailbox
  server: Server
}

interface Fixtures {
  /** Console errors, page errors, hydration warnings and answers of 500 and above fail the test; this allows some. */
  strict: Strict
  /** A page of somebody else: own cookies, watched like `page`. For a phone: `visitor(phone)`. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>
  /** axe finds nothing on the page as it stands now. */
  axe: (page: Page, options?: { within?: string }) => Promise<void>
}

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
export const tablet: BrowserContextOptions = { viewport: { width: 1024, height: 768 }, hasTouch: true, isMobile: false, deviceScaleFactor: 2 }

export const test = base.extend<Fixtures, Options & WorkerFixtures>({
  seed: ['demo', { option: true, scope: 'worker' }],
  demoCases: [24, { option: true, scope: 'worker' }],

  mailbox: [
    async ({}, use) => {
      const mailbox = await Mailbox.open()
      await use(mailbox)
      await mailbox.close()
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ mailbox, seed, demoCases }, use) => {
      const server = await Server.make({ smtp: mailbox.url })
      await begin(server, seed, demoCases)
      await use(server)
      await server.remove()
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  strict: async ({}, use) => {
    const strict = new Strict()
    await use(strict)
    expect(strict.unexpected, 'complaints of the browser').toEqual([])
  },

  context: async ({ context, strict }, use) => {
    strict.watch(context)
    await use(context)
  },

  visitor: async ({ browser, baseURL, strict, javaScriptEnabled }, use) => {
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), javaScriptEnabled, ...options })
      strict.watch(context)
      contexts.push(context)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },

  axe: async ({ javaScriptEnabled }, use) => {
    await use(async (page, { within } = {}) => {
      // axe is a script itself; the same page is looked at in the projects with script.
      if (!javaScriptEnabled) return
      await page.evaluate(axe.source)
      // Not into frames: the one that shows a letter allows no script, and waits for ever for the answer of one.
      const violations = await page.evaluate(
        async (within) => (await (globalThis as unknown as { axe: typeof axe }).axe.run(within ?? document, { iframes: false })).violations,
        within,
      )
      const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(' ')}  ${node.failureSummary ?? ''}`).join('\n')}`)
      expect.soft(found, `axe on ${page.url()}`).toEqual([])
    })
  },
})

/** Starts it with what a file has chosen. */
export async function begin(server: Server, seed: Options['seed'], demoCases: number): Promise<void> {
  if (seed === 'demo') {
    await server.demo(demoCases)
    for (const person of Object.values(people)) await server.addStaff(person)
  }
  await server.start()
}

/** Waits until the client has taken the page over; without script there is nothing to wait for. */
export async function ready(page: Page): Promise<void> {
  const script = await page.evaluate(() => document.documentElement.classList.contains('js')).catch(() => false)
  if (script) await expect(page.locator('html[data-ready]')).toBeAttached()
}

/** Goes to a page and waits for the client. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await ready(page)
}

/** Signs in through the form, as a person does, and waits for the start page or `next`. */
export async function signIn(page: Page, login: string, password: string, next = '/'): Promise<void> {
  await open(page, next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`)
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form:has(input[name=password]) button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in') && !url.pathname.startsWith('/api/'))
  await ready(page)
}

export function signInAs(page: Page, person: Person, next = '/'): Promise<void> {
  return signIn(page, person.login, person.password, next)
}
