import { createServer, type Server as Http } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import { Server } from '../support/server.ts'
import { fillItem } from '../support/home.ts'
import { ask } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('pl')
const a = ask('pl')
// The frame speaks as the shop's page does, not as the browser.
test.use({ locale: 'nb-NO' })

/** A shop's page with the one line in it. */
async function shop(snippet: () => string): Promise<{ http: Http; origin: string }> {
  const http = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8')
    answer.end(`<!doctype html><html lang="pl"><title>Sklep</title><h1>Sklep</h1>${snippet()}<p>Stopka</p></html>`)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return { http, origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }
}

test('the form in a page of the shop’s, as high as it is; elsewhere not at all', async ({ page, mailbox, strict }) => {
  test.setTimeout(90_000)
  strict.allow(/frame-ancestors|refused to connect|ERR_BLOCKED_BY_RESPONSE/)
  const redress = await Server.make({ smtp: mailbox.url })
  const one = (type = '') => `<script src="${redress.url}/embed.js"${type} async></script>`
  let snippet = one(' data-type="shoes"')
  const friend = await shop(() => snippet)
  const stranger = await shop(() => snippet)
  try {
    await redress.demo(3)
    await redress.sql(`update public_form set body = json_set(body, '$.sites', json('["${friend.origin}"]'))`)
    await redress.start()

    await page.goto(friend.origin)
    const frame = page.locator('iframe')
    await expect(frame).toHaveAttribute('title', 'Reklamacja')
    const form = frame.contentFrame()
    await expect(form.getByRole('heading', { name: t('report.step_item') })).toBeVisible()
    await expect(form.locator('html[data-ready]')).toBeAttached()
    await expect(form.locator('.customer-head')).toHaveCount(0)
    const within = await whole(page)

    // Steps, the look back at them and another language stay in the frame.
    const inside = page.frames().find((one) => one.url().startsWith(redress.url))
    if (!inside) throw new Error('the frame is there')
    await fillItem(inside as unknown as Page, 'pl', 'Trapery')
    await form.getByRole('link', { name: t('report.next'), exact: true }).click()
    await expect(form.getByRole('heading', { name: t('report.step_fault') })).toBeFocused()
    await expect.poll(() => whole(page)).not.toBe(within)
    await form.getByRole('button', { name: 'English' }).click()
    await expect(form.getByRole('heading', { name: speak('en')('report.step_fault') })).toBeVisible()
    expect(inside.url()).toContain('embed=1')
    await page.reload()
    await expect(form.getByRole('heading', { name: t('report.step_item') })).toBeVisible()

    // All types, and the one that was begun.
    snippet = one()
    await page.goto(friend.origin)
    await form.getByRole('link', { name: t('report.unfinished_go') }).click()
    await expect(form.getByRole('textbox', { name: a.article, exact: true })).toHaveValue('Trapery')

    await page.goto(stranger.origin)
    await expect(page.locator('iframe')).toBeVisible()
    await page.waitForTimeout(500)
    await expect(page.locator('iframe').contentFrame().getByRole('heading', { name: t('report.title') })).toHaveCount(0)
    // Nothing else of ours may stand in a frame, wherever.
    for (const path of ['/sign-in', '/confirm/0123', '/']) {
      const policy = (await page.request.get(redress.url + path)).headers()['content-security-policy']
      expect(policy, path).toContain("frame-ancestors 'none'")
    }
  } finally {
    await redress.remove()
    friend.http.close()
    stranger.http.close()
  }
})

/** The frame's height, once nothing within it is out of sight. */
async function whole(page: Page): Promise<number> {
  const frame = page.frames().find((one) => one.url().includes('/report'))
  await expect.poll(() => frame?.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(1)
  return (await page.locator('iframe').boundingBox())?.height ?? 0
}
