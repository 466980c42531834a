import { expect, open, people, signInAs, test } from '../support/test.ts'
import { numberOf, registerShoes, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('en')
test.use({ demoCases: 150 })

test('filters stand in the address, which can be shared and goes back and forth', async ({ page, visitor }) => {
  await signInAs(page, people.admin, '/cases?list=active')
  const rows = page.getByRole('main').locator('tbody tr')
  await expect(rows.first()).toBeVisible()
  const all = await rows.count()

  // On a wide screen they stand in the open.
  const fold = page.getByRole('main').locator('summary', { hasText: t('list.filter') })
  if (await fold.isVisible()) await fold.click()
  await page.locator('#list-type').selectOption({ label: 'Shoes' })
  await expect(page).toHaveURL(/type=shoes/)
  await expect(rows.first()).toContainText('Shoes')
  for (const text of await rows.allTextContents()) expect(text).toContain('Shoes')

  await page.getByLabel(t('list.sort'), { exact: true }).selectOption({ label: t('list.oldest') })
  await expect(page).toHaveURL(/sort=oldest/)
  const numbers = async () => (await rows.allTextContents()).map(numberOf)
  await expect(async () => {
    const shown = await numbers()
    expect(shown).toEqual([...shown].sort())
  }).toPass()

  const shared = page.url()
  const here = await numbers()
  const colleague = await visitor()
  await signInAs(colleague, people.admin)
  await open(colleague, shared)
  await expect(colleague.getByRole('main').locator('tbody tr').first()).toContainText(here[0] ?? '-')
  await expect(colleague.locator('#list-type')).toHaveValue('shoes')

  await page.goBack()
  await page.goBack()
  await expect(page).not.toHaveURL(/type=/)
  await expect(rows).toHaveCount(all)
  await expect(page.locator('#list-type')).toHaveValue('')
})

test('pages follow each other without a gap or a repetition', async ({ page }) => {
  await signInAs(page, people.admin, '/archive')
  await open(page, '/cases?list=active')
  const rows = page.getByRole('main').locator('tbody tr')
  const seen = new Set<string>()
  const next = page.getByRole('link', { name: t('ui.next_page') })
  for (let turn = 1; turn < 20; turn += 1) {
    const numbers = (await rows.allTextContents()).map(numberOf)
    for (const number of numbers) {
      expect(seen.has(number), `${number} on two pages`).toBe(false)
      seen.add(number)
    }
    if (!(await next.isVisible())) break
    const first = numbers[0] ?? ''
    await next.click()
    await expect(rows.first()).not.toContainText(first)
  }
  // As many as the tab says.
  const tab = page.getByRole('navigation', { name: t('list.lists') }).getByRole('link', { name: t('list.active') })
  expect(await tab.textContent()).toContain(String(seen.size))
})

test('counts follow what happens, and words narrow the list', async ({ page }) => {
  await signInAs(page, people.clerk, '/cases?list=new')
  const nb = speak('nb')
  const tab = page.getByRole('navigation', { name: nb('list.lists') }).getByRole('link', { name: nb('list.new') })
  const count = async () => Number(/(\d+)\+?$/.exec(((await tab.textContent()) ?? '').trim())?.[1])
  const before = await count()
  const mark = unique()
  const number = await registerShoes(page, 'nb', { name: `Liste ${mark}` })
  await open(page, '/cases?list=new')
  await expect(page.getByRole('main').locator('tbody tr').first()).toContainText(number)
  expect(await count()).toBe(before + 1)

  await page.getByLabel(nb('list.words')).fill(`liste ${mark}`)
  await expect(page).toHaveURL(new RegExp(`words=liste\\+${mark}`))
  await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(1)
  await page.getByLabel(nb('list.words')).fill(`nobody-${mark}`)
  await expect(page.getByText(nb('list.none_fit'), { exact: true })).toBeVisible()
  await page.getByRole('link', { name: nb('list.clear') }).first().click()
  await expect(page.getByRole('main').locator('tbody tr').first()).toContainText(number)
})

test('a clerk sees the cases of their own store alone', async ({ page }) => {
  await signInAs(page, people.otherClerk, '/cases?list=active')
  await expect(page.getByRole('main').locator('tbody tr').first()).toBeVisible()
  const owners = page.getByRole('main').getByText(/Oslo Storgata|Bergen/)
  await expect(owners).toHaveCount(0)
})
