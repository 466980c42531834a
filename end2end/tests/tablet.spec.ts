import { expect, people, ready, signInAs, test } from '../support/test.ts'
import { registerShoes } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
test.use({ locale: 'nb-NO' })

test('the store’s tablet asks who stands there, and each event names that person', async ({ page, axe }) => {
  await signInAs(page, people.handler, '/account')
  const card = page.locator('form', { has: page.getByRole('button', { name: t('account.make_tablet') }) })
  await card.getByRole('combobox').selectOption({ label: 'Oslo Storgata' })
  await card.getByRole('button').click()

  await expect(page).toHaveURL(/\/tablet$/)
  await ready(page)
  await expect(page.getByText(t('tablet.store', { store: 'Oslo Storgata' }))).toBeVisible()
  await expect(page.getByRole('heading', { name: t('tablet.title') })).toBeVisible()
  // Nobody of another store.
  await expect(page.getByText(people.otherClerk.name)).toHaveCount(0)
  await axe(page)
  await page.getByRole('link', { name: people.clerk.name }).click()

  // By the keys on the screen, once wrong.
  const type = async (pin: string) => {
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: t('tablet.go'), exact: true }).click()
  }
  await expect(page.getByRole('heading', { name: people.clerk.name })).toBeVisible()
  await axe(page)
  await type('0000')
  await expect(page.getByRole('alert')).toContainText(t('tablet.wrong'))
  await expect(page.getByRole('heading', { name: people.clerk.name })).toBeVisible()
  await ready(page)
  await type(people.clerk.pin)

  await expect(page.getByRole('link', { name: t('shell.create_case') }).first()).toBeVisible()
  await registerShoes(page, 'nb')
  await expect(page.getByRole('region', { name: t('case.timeline') }).or(page.locator('#timeline')).first()).toContainText(people.clerk.name)

  // Away from the case, which asks anew whenever it changes: the letter's sending may come after the locking.
  await page.goto('/new')
  await ready(page)
  // Locking gives the tablet back to the store, not to the person who made it one.
  await page.getByLabel(t('shell.your_menu', { name: people.clerk.name })).click()
  await page.getByRole('button', { name: t('tablet.lock') }).click()
  await expect(page).toHaveURL(/\/tablet$/)
  await page.goto('/cases')
  await expect(page).toHaveURL(/\/tablet$/)
})

test('whoever stands at the tablet does not reach the settings', async ({ page, strict }) => {
  strict.allowStatus(403)
  await signInAs(page, people.admin, '/account')
  const card = page.locator('form', { has: page.getByRole('button', { name: speak('en')('account.make_tablet') }) })
  await card.getByRole('combobox').selectOption({ label: 'Oslo Storgata' })
  await card.getByRole('button').click()
  await ready(page)
  await page.getByRole('link', { name: people.handler.name }).click()
  await page.locator('input[name=pin]').fill(people.handler.pin)
  await page.locator('input[name=pin]').press('Enter')
  await expect(page.getByRole('link', { name: t('shell.create_case') }).first()).toBeVisible()
  await expect(page.locator('a[href="/settings"]')).toHaveCount(0)
  const answer = await page.goto('/settings')
  expect(answer?.status()).toBe(403)
})
