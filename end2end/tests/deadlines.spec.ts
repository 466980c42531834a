import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { beginShoes, fillShoes, numberOf, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const pl = speak('pl')
const nb = speak('nb')
const en = speak('en')
const DAY = 86_400_000

test('a Polish case that nobody answers is accepted by silence', async ({ page, visitor, server, mailbox, axe }) => {
  test.setTimeout(120_000)
  const email = `ola.${unique()}@klient.example`
  await signInAs(page, people.otherClerk)
  await beginShoes(page, 'pl')
  await fillShoes(page, 'pl', { email })
  await page.getByRole('button', { name: pl('register.save') }).click()
  await page.waitForURL(/\/cases\/\d\d-\d{6}-\d$/)
  const number = numberOf(page.url())
  const card = page.locator('#deadlines')
  await expect(card).toContainText(pl('clock.reply'))
  await expect(card).toContainText(pl('consequence.deemed_accepted'))
  await expect(card.getByRole('link', { name: /art\. 7a/ })).toHaveAttribute('href', /^https:/)
  await axe(page)
  await mailbox.waitFor(email, new RegExp(number))

  // Time passes: the case came so much earlier, and a server that comes up looks at once.
  const later = async (days: number) => {
    await server.stop()
    await server.sql(`update cases set registered_at = registered_at - ${days * DAY}, law_version = 0, law_facts = '{}' where number = '${number}'`)
    await server.start()
  }
  const admin = await visitor({ locale: 'en-GB', viewport: page.viewportSize() })
  await signInAs(admin, people.admin)

  await test.step('on the last safe day the start page leads to it', async () => {
    await later(14)
    await open(admin, '/')
    await admin.getByRole('link', { name: en('list.law_today') }).click()
    const row = admin.getByRole('row').filter({ hasText: number })
    await expect(row.locator('.due-law')).toBeVisible()
    await axe(admin)
  })

  await test.step('afterwards the law has decided it, and the customer hears nothing', async () => {
    await later(6)
    await open(admin, `/cases/${number}`)
    await expect(admin.locator('#timeline')).toContainText(en('event.deemed_accepted'), { timeout: 20_000 })
    await expect(admin.locator('#deadlines')).toContainText(en('clock_state.passed'))
    await axe(admin)
  })
  // Once, also after another start.
  await later(0)
  await admin.reload()
  await ready(admin)
  await expect(admin.locator('#timeline').getByText(en('event.deemed_accepted'))).toHaveCount(1)
  await expect(admin.locator('#letters, .case-letters').getByText(email)).toHaveCount(1)
})

test('a Norwegian case at four and a half years', async ({ page, visitor, axe }) => {
  test.setTimeout(90_000)
  const bought = new Date(Date.now() - 1643 * DAY)
  const two = (n: number) => String(n).padStart(2, '0')
  const typed = `${two(bought.getDate())}.${two(bought.getMonth() + 1)}.${bought.getFullYear()}`

  const admin = await visitor({ locale: 'en-GB', viewport: page.viewportSize() })
  const goods = async (label: string) => {
    await open(admin, '/settings/types?edit=shoes')
    await admin.getByRole('combobox', { name: en('settings.goods') }).selectOption(label)
    await admin.getByRole('button', { name: en('ui.save') }).click()
    await admin.waitForURL(/done=/)
  }
  await signInAs(admin, people.admin)
  await signInAs(page, people.clerk)

  await test.step('shoes that are meant for two years', async () => {
    await goods(en('goods_kind.ordinary'))
    await beginShoes(page, 'nb')
    await fillShoes(page, 'nb', { bought: typed })
    await expect(page.locator('.register-hints')).toContainText(nb('warning.after_guarantee').split('{')[0] ?? '')
    await axe(page)
  })

  await test.step('boots that are meant to last: five', async () => {
    await goods(en('goods_kind.durable'))
    await open(page, '/')
    await beginShoes(page, 'nb')
    await fillShoes(page, 'nb', { bought: typed })
    await expect(page.locator('.register-hints')).toContainText(nb('warning.within_guarantee').split('{')[0] ?? '')
    await page.getByRole('button', { name: nb('register.save') }).click()
    await page.waitForURL(/\/cases\/\d\d-\d{6}-\d$/)
    await expect(page.locator('#deadlines')).toContainText(nb('warning.within_guarantee').split('{')[0] ?? '')
    await goods(en('goods_kind.ordinary'))
    await page.reload()
    await ready(page)
    // Frozen with the case.
    await expect(page.locator('#deadlines')).toContainText(nb('warning.within_guarantee').split('{')[0] ?? '')
  })
})
