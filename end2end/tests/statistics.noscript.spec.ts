import { expect, people, signInAs, test } from '../support/test.ts'
import { speak } from '../support/words.ts'

const nb = speak('nb')
test.use({ demoCases: 24 })

test('statistics, their filters and their file work without script', async ({ page, strict }) => {
  await signInAs(page, people.handler, '/statistics')
  await page.getByRole('link', { name: nb('statistics.last_12_months') }).click()
  await page.locator('input[name=from]').fill('2020-01-01')
  await page.getByRole('button', { name: nb('statistics.show') }).click()
  await expect(page.getByRole('link', { name: nb('statistics.free') })).toHaveAttribute('aria-current', 'page')
  const number = Number(await page.locator('.stats-tile .stats-large a').first().innerText())
  await page.locator('input[name=until]').fill('2019-01-01')
  await page.getByRole('button', { name: nb('statistics.show') }).click()
  await expect(page.getByText(nb('statistics.before_from'))).toBeVisible()
  await expect(page.locator('input[name=until]')).toHaveAttribute('aria-invalid', 'true')
  await page.goBack()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: nb('statistics.csv') }).click()
  expect((await download).suggestedFilename()).toMatch(/^statistikk_2020-01-01_.*\.csv$/)
  await page.locator('.stats-tile .stats-large a').first().click()
  await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(Math.min(number, 50))
  expect(strict.unexpected).toEqual([])
})
