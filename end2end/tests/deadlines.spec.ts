import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { beginShoes, fillShoes, numberOf, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const pl = speak('pl')
const nb = speak('nb')
const en = speak('en')

// A server of its own: nobody else's days pass.
test.use({ demoCases: 7 })

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

  const admin = await visitor({ locale: 'en-GB', viewport: page.viewportSize() })
  // Days pass; a server that comes up looks at once.
  const later = async (days: number) => {
    await Promise.all([page.goto('about:blank'), admin.goto('about:blank')])
    await server.stop()
    await server.start({ later: days })
    await admin.context().clearCookies()
    await signInAs(admin, people.admin)
  }

  await test.step('on the last safe day the start page leads to it', async () => {
    await later(14)
    await open(admin, '/')
    await admin.getByRole('link', { name: en('list.law_today') }).click()
    const row = admin.getByRole('row').filter({ hasText: number })
    await expect(row.locator('.due-law')).toBeVisible()
    await axe(admin)
  })

  await test.step('afterwards the law has decided it, and the customer hears nothing', async () => {
    await later(20)
    await open(admin, `/cases/${number}`)
    await expect(admin.locator('#timeline')).toContainText(en('event.deemed_accepted'), { timeout: 20_000 })
    await expect(admin.locator('#deadlines')).toContainText(en('clock_state.passed'))
    await axe(admin)
  })
  // Once, also after another start.
  await later(20)
  await open(admin, `/cases/${number}`)
  await expect(admin.locator('#timeline').getByText(en('event.deemed_accepted'))).toHaveCount(1)
  await expect(admin.locator('#letters, .case-letters').getByText(email)).toHaveCount(1)
})

test('a Norwegian case at four and a half years', async ({ page, visitor, server, axe }) => {
  test.setTimeout(90_000)
  const today = new Date()
  const two = (n: number) => String(n).padStart(2, '0')
  const bought = `${two(today.getDate())}.${two(today.getMonth() + 1)}.${today.getFullYear()}`
  await server.stop()
  await server.start({ later: 1643 })

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
    await fillShoes(page, 'nb', { bought })
    await expect(page.locator('.register-hints')).toContainText(nb('warning.after_guarantee').split('{')[0] ?? '')
    await axe(page)
  })

  await test.step('boots that are meant to last: five', async () => {
    await goods(en('goods_kind.durable'))
    await open(page, '/')
    await beginShoes(page, 'nb')
    await fillShoes(page, 'nb', { bought })
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
