import type { Page } from '@playwright/test'
import { begin, expect, ready, test as base } from './test.ts'
import { Gateway } from './gateway.ts'
import { fillReport, home, review, send } from './home.ts'
import { Server } from './server.ts'
import { ask, line } from './till.ts'
import { speak, type Language } from './words.ts'

/** With a server that has an SMS gateway. */
export const test = base.extend<object, { gateway: Gateway }>({
  gateway: [
    async ({}, use) => {
      const gateway = await Gateway.open()
      await use(gateway)
      await gateway.close()
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ mailbox, gateway, seed, demoCases }, use) => {
      const env = { REDRESS_SMS_GATEWAY: 'smsapi', REDRESS_SMS_URL: gateway.url, REDRESS_SMS_TOKEN: Gateway.token, REDRESS_SMS_FROM: 'Nordlys' }
      const server = await Server.make({ smtp: mailbox.url, env })
      await begin(server, seed, demoCases)
      await use(server)
      await server.remove()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

/** A Norwegian number that nobody else has, in eight digits. */
const mobile = () => `4${String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')}`

interface Actors {
  page: Page
  language: Language
  gateway: Gateway
  axe: (page: Page) => Promise<void>
}

/** A customer who gives a phone and no e-mail address: from the form to the case, each step by SMS. */
export async function reachedBySms({ page, language, gateway, axe }: Actors): Promise<void> {
  const t = speak(language)
  const a = ask(language)
  const h = home(language)
  const [wrong, right] = [mobile(), mobile()]
  await page.goto('/report/new?type=shoes')
  await ready(page)

  // Chosen, but with a number that is none: told beside its field, and the choice stays. With script no step is left so.
  const script = (await page.locator('html.js').count()) > 0
  const { article } = await fillReport(page, language, { sms: true, phone: script ? wrong : '123' })
  if (!script) {
    await review(page, language)
    await expect(line(page, a.phone)).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('group', { name: h.medium, exact: true }).getByRole('radio', { name: 'SMS' })).toBeChecked()
    await expect(line(page, a.email)).not.toHaveAttribute('aria-invalid', 'true')
    await line(page, a.phone).fill(wrong)
  }
  await review(page, language)
  await expect(page.getByRole('main')).toContainText(t('report.send_hint_sms'))
  await axe(page)
  const number = await send(page, language, 'sent_title_sms')
  const first = await gateway.link(`47${wrong}`, '/confirm/')

  // The number was another's.
  await axe(page)
  const phone = line(page, t('report.phone'))
  await phone.fill('ola@kunde.example')
  await page.getByRole('button', { name: t('report.send_again') }).click()
  await expect(phone).toHaveAttribute('aria-invalid', 'true')
  await phone.fill(right)
  await page.getByRole('button', { name: t('report.send_again') }).click()
  const link = await gateway.link(`47${right}`, '/confirm/')
  expect(link).not.toBe(first)

  await page.goto(link)
  await expect(page.getByRole('main')).toContainText(t('report.confirm_intro_sms'))
  await page.getByRole('button', { name: t('report.confirm') }).click()
  await expect(page.getByRole('heading', { name: t('report.thanks') })).toBeVisible()
  await expect(page.locator('.numbers-large')).toHaveText(number)
  await expect(page.getByRole('main')).toContainText(t('report.now_letter_sms'))

  // "Received" leads to the case, and its second factor is the phone.
  await page.goto(await gateway.link(`47${right}`, '/s/'))
  await page.locator('#proof').fill(right.slice(-4))
  await page.getByRole('button', { name: t('status.show') }).click()
  await expect(page.getByRole('heading', { level: 1, name: article })).toBeVisible()
  await page.goto(`/status/${number}/contact?lang=${language}`)
  await expect(page.locator('#customer_medium')).toHaveValue('sms')
  await axe(page)
}
