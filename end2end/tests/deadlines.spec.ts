import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { beginShoes, fillShoes, numberOf, registerShoes, unique } from '../support/till.ts'
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
  await expect(admin.locator('#letters').getByText(email)).toHaveCount(1)
})

test('an answer on paper ends the deadline once it was handed over', async ({ page, visitor, axe }) => {
  await signInAs(page, people.otherClerk)
  const number = await registerShoes(page, 'pl', { email: '', phone: '+48 512 345 678' })
  const admin = await visitor({ locale: 'en-GB', viewport: page.viewportSize() })
  await signInAs(admin, people.admin)
  await open(admin, `/cases/${number}`)

  await test.step('a decision in a drawer is no answer', async () => {
    const card = admin.locator('#decide')
    await card.getByText(en('verdict.approved'), { exact: true }).click()
    await card.locator('#decide-reason').selectOption({ label: 'Manufacturing fault' })
    await card.getByRole('button', { name: en('case.decide_preview') }).click()
    await card.getByRole('button', { name: en('case.decide_send') }).click()
    await expect(admin.locator('#deadlines')).toContainText(en('deadline.unsent'))
    await expect(admin.locator('#letters')).toContainText(en('case.to_print'))
    await axe(admin)
  })

  await test.step('the start page leads to the letters', async () => {
    await open(admin, '/')
    await admin.getByRole('link', { name: en('papers.to_print') }).click()
    await admin.waitForURL(/\/papers/)
    const line = admin.locator('.rma-line').filter({ hasText: number })
    await expect(line).toBeVisible()
    await axe(admin)
    const [pdf] = await Promise.all([
      admin.context().waitForEvent('page'),
      line.getByRole('link', { name: en('case.paper_read') }).click(),
    ])
    await pdf.close()
    await line.getByRole('checkbox').check()
    await admin.locator('#papers-how').selectOption('posted')
    await admin.getByRole('button', { name: en('papers.mark') }).click()
    await expect(admin.getByText(en('papers.marked'))).toBeVisible()
    await expect(admin.locator('.rma-line').filter({ hasText: number })).toHaveCount(0)
  })

  await test.step('then the deadline is met', async () => {
    await open(admin, `/cases/${number}`)
    await expect(admin.locator('#deadlines')).toContainText(en('clock_state.met'))
    await expect(admin.locator('#deadlines')).not.toContainText(en('deadline.unsent'))
    await expect(admin.locator('#timeline')).toContainText(en('event.handed_posted'))
    await expect(admin.locator('#letters').getByRole('button', { name: en('papers.take_back') })).toBeVisible()
  })
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
