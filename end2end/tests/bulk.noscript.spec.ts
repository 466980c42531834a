import { expect, open, people, signInAs, test } from '../support/test.ts'
import { numberOf, registerShoes, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
test.use({ locale: 'nb-NO' })

test('many cases are changed and taken back without a line of script', async ({ page }) => {
  test.setTimeout(90_000)
  await signInAs(page, people.handler)
  const mark = `Mange ${unique()}`
  const numbers = [await registerShoes(page, 'nb', { name: mark }), await registerShoes(page, 'nb', { name: mark })]
  await open(page, `/cases?list=new&words=${encodeURIComponent(mark)}`)
  expect((await page.locator('tbody tr').allTextContents()).map(numberOf).sort()).toEqual([...numbers].sort())
  await page.getByRole('button', { name: t('bulk.status') }).click()
  await expect(page.getByText(t('fault.nothing_chosen'))).toBeVisible()
  for (const number of numbers) await page.getByLabel(t('list.mark', { number })).check()
  await page.getByRole('button', { name: t('bulk.status') }).click()
  await expect(page.getByText(t('bulk.chosen', { n: 2 }))).toBeVisible()
  await page.locator('#step').selectOption({ label: t('case.step_wait_goods') })
  await page.getByRole('button', { name: t('bulk.look') }).click()
  await page.getByRole('button', { name: t('bulk.start', { n: 2 }) }).click()
  const again = page.getByRole('link', { name: t('bulk.reload') })
  await expect(async () => {
    if (await again.isVisible()) await again.click()
    await expect(page.getByRole('heading', { name: t('bulk.done', { n: 2 }) })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.getByRole('button', { name: t('bulk.undo') }).click()
  await expect(async () => {
    if (await again.isVisible()) await again.click()
    await expect(page.getByRole('heading', { name: t('bulk.undone', { n: 2 }) })).toBeVisible({ timeout: 1_000 })
  }).toPass()
})
