import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { answer, ask, beginShoes, fillShoes, line, numberOf, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
const a = ask('nb')
test.use({ locale: 'nb-NO' })

test('a draft survives a closed page, and another browser finds it', async ({ page, context, visitor }) => {
  const article = `Joggesko ${unique()}`
  await signInAs(page, people.clerk)
  await beginShoes(page, 'nb')
  await answer(page, a.sold, a.yes).click()
  await line(page, a.article).fill(article)
  await expect(page.getByText(t('register.draft_saved'))).toBeVisible()
  await line(page, a.size).fill('41')
  // Closed in the middle of a word: no pause in typing has kept the size yet.
  await page.close({ runBeforeUnload: false })

  const again = await context.newPage()
  await open(again, '/new')
  await again.getByRole('link', { name: article }).click()
  await expect(line(again, a.article)).toHaveValue(article)
  await expect(line(again, a.size)).toHaveValue('41')
  await expect(again.getByRole('group', { name: a.sold }).getByRole('radio', { name: a.yes })).toBeChecked()

  // It is the clerk's alone, on whichever device.
  const elsewhere = await visitor({ locale: 'nb-NO' })
  await signInAs(elsewhere, people.clerk, '/new')
  await expect(elsewhere.getByRole('link', { name: article })).toBeVisible()
  const colleague = await visitor({ locale: 'nb-NO' })
  await signInAs(colleague, people.handler, '/new')
  await expect(colleague.getByRole('link', { name: article })).toHaveCount(0)

  const row = elsewhere.getByRole('listitem').filter({ hasText: article })
  await row.getByRole('button', { name: t('register.draft_discard') }).click()
  await expect(elsewhere.getByRole('link', { name: article })).toHaveCount(0)
})

test('the draft is kept after each pause, and the form stays alive', async ({ page }) => {
  await signInAs(page, people.clerk)
  await beginShoes(page, 'nb')
  for (const [name, text] of [[a.article, 'Fjellsko'], [a.brand, 'Løpa'], [a.size, '42'], [a.description, 'Sålen løsner']] as const) {
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/save_draft') && answer.ok())
    await line(page, name).fill(text)
    await kept
    await expect(page.getByText(t('register.draft_saved'))).toBeVisible()
  }
  // What stands in the address is the draft: everything is there again, and it is kept from there, too.
  await page.reload()
  await ready(page)
  await expect(line(page, a.description)).toHaveValue('Sålen løsner')
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/save_draft') && answer.ok())
  await line(page, a.size).fill('43')
  await kept
  await expect(page.getByText(t('register.draft_saved'))).toBeVisible()
})

test('a double click makes one case, and the draft is gone with it', async ({ page }) => {
  const name = `Dobbel ${unique()}`
  await signInAs(page, people.clerk)
  await beginShoes(page, 'nb')
  await fillShoes(page, 'nb', { name })
  await page.getByRole('button', { name: t('register.save') }).dblclick()
  await page.waitForURL(/\/cases\/\d\d-\d{6}-\d$/)
  const number = numberOf(page.url())
  await open(page, `/cases?list=active&words=${encodeURIComponent(name)}`)
  await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(1)
  await expect(page.getByRole('main').locator('tbody tr')).toContainText(number)
  await open(page, '/new')
  await expect(page.getByText(name)).toHaveCount(0)
})

test('an answer that got lost makes no second case at the next try', async ({ page, strict }) => {
  strict.allow(/ERR_FAILED|Failed to fetch|net::/)
  const name = `Tapt ${unique()}`
  await signInAs(page, people.clerk)
  await beginShoes(page, 'nb')
  await fillShoes(page, 'nb', { name })
  let lost = 0
  await page.route('**/api/register_case', async (route) => {
    if (lost++ > 0) return route.continue()
    // The server has done it; the answer never arrives.
    await route.fetch()
    await route.abort('failed')
  })
  await page.getByRole('button', { name: t('register.save') }).click()
  await expect(page.getByText(t('ui.error_transport'))).toBeVisible()
  await expect(line(page, a.name)).toHaveValue(name)
  await page.getByRole('button', { name: t('register.save') }).click()
  await page.waitForURL(/\/cases\/\d\d-\d{6}-\d$/)
  expect(lost).toBe(2)
  await open(page, `/cases?list=active&words=${encodeURIComponent(name)}`)
  await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(1)
})

test('wrong answers are told beside their fields, and go when they are right', async ({ page, axe }) => {
  await signInAs(page, people.clerk)
  await beginShoes(page, 'nb')
  await fillShoes(page, 'nb', { email: 'ola(at)kunde', bought: '31.02.2026' })
  await line(page, a.article).fill('')
  await page.getByRole('button', { name: t('register.save') }).click()

  await expect(line(page, a.article)).toBeFocused()
  for (const [field, fault] of [[a.article, 'fault.missing'], [a.bought, 'fault.not_a_date'], [a.email, 'fault.not_an_email']] as const) {
    await expect(line(page, field)).toHaveAttribute('aria-invalid', 'true')
    const id = await line(page, field).getAttribute('id')
    await expect(page.locator(`[id="${id}-error"]`)).toContainText(t(fault).slice(0, 12))
  }
  await expect(page.getByText(t('form.problems', { n: 3 }))).toBeVisible()
  await expect(line(page, a.bought)).toHaveValue('31.02.2026')
  await axe(page)
  await line(page, a.article).fill('Fjellsko')
  await expect(line(page, a.article)).not.toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText(t('form.problems', { n: 2 }))).toBeVisible()
})
