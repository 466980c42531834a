import { existsSync } from 'node:fs'
import { expect, open, people, signInAs, test } from '../support/test.ts'
import { speak } from '../support/words.ts'

const nb = speak('nb')
const en = speak('en')
test.use({ demoCases: 60 })

/** Pictures for people to look at: SHOTS=folder. */
const folder = process.env.SHOTS && existsSync(process.env.SHOTS) ? process.env.SHOTS : undefined

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('charts are named and described, and nothing is too wide', async ({ page, axe }, { project }) => {
      await signInAs(page, people.admin, '/statistics')
      const main = page.getByRole('main')
      await expect(main.getByRole('heading', { level: 1, name: en('statistics.title') })).toBeVisible()
      // The narrow drawing or the wide one, never both; and the decisions.
      await expect(main.getByRole('img')).toHaveCount(2)
      await expect(main.getByRole('img', { name: en('statistics.course') })).toHaveAccessibleName(/Registered: \d+/)
      await axe(page)
      await main.getByText(en('statistics.as_table')).click()
      await expect(main.getByRole('table').first()).toBeVisible()
      await axe(page)
      await main.getByText(en('statistics.types'), { exact: true }).last().locator('xpath=ancestor-or-self::*[self::summary or self::div][1]').locator('summary').first().click()
      await axe(page)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(overflow, 'nothing makes the page scroll sideways').toBeLessThanOrEqual(0)
      if (folder) {
        await open(page, '/statistics')
        await page.screenshot({ path: `${folder}/statistics-${project.name}-${colorScheme}.png`, fullPage: true })
        await open(page, '/statistics?period=this_month&from=x&until=2026-01-01')
        await page.screenshot({ path: `${folder}/statistics-wrong-${project.name}-${colorScheme}.png`, fullPage: false })
      }
    })
  })
}

test('each number leads to its cases, and from there back', async ({ page }, { project }) => {
  await signInAs(page, people.handler, '/statistics')
  const tile = page.locator('.stats-tile').first()
  await expect(tile).toContainText(nb('statistics.registered'))
  const number = Number(await tile.locator('.stats-large a').innerText())
  expect(number).toBeGreaterThan(0)
  await tile.locator('.stats-large a').click()
  await expect(page.getByRole('heading', { level: 1, name: nb('list.all') })).toBeVisible()
  await expect(page.locator('.list-slice')).toContainText(nb('statistics.registered'))
  await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(Math.min(number, 50))
  if (folder) await page.screenshot({ path: `${folder}/statistics-list-${project.name}.png` })
  // A filter of the list keeps the number's own.
  await page.getByLabel(nb('list.words')).fill('fjell')
  await expect(page).toHaveURL(/words=fjell/)
  await expect(page).toHaveURL(/registered=/)
  await page.locator('.list-slice').getByRole('link', { name: nb('statistics.title') }).click()
  await expect(page.getByRole('heading', { level: 1, name: nb('statistics.title') })).toBeVisible()
})

test('the period and the types are chosen by keyboard', async ({ page }) => {
  await signInAs(page, people.handler, '/statistics')
  await page.getByRole('link', { name: nb('statistics.this_month') }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/period=this_month/)
  const types = page.locator('.stats-choice', { hasText: nb('statistics.types') }).locator('summary')
  await types.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: nb('statistics.show') }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/type=/)
  await expect(page.getByRole('link', { name: nb('statistics.this_month') })).toHaveAttribute('aria-current', 'page')
  await page.getByRole('link', { name: nb('statistics.all_again') }).click()
  await expect(page).not.toHaveURL(/type=/)
})

test('a clerk has no statistics', async ({ page, strict }) => {
  strict.allowStatus(403)
  await signInAs(page, people.clerk, '/cases?list=active')
  await expect(page.locator('nav.menu').getByRole('link', { name: nb('shell.statistics') })).toHaveCount(0)
  await page.goto('/statistics')
  await expect(page.locator('.stats')).toHaveCount(0)
})
