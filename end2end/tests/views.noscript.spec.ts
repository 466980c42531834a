import { expect, open, people, signInAs, test } from '../support/test.ts'
import { unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('pl')
test.use({ locale: 'pl-PL' })

test('a view and columns without a line of script', async ({ page }) => {
  await signInAs(page, people.otherClerk, '/cases?list=active&sort=oldest')
  const fold = (key: string) => page.locator('.list-tool > summary', { hasText: t(`list.${key}`) })
  await fold('columns').click()
  await page.getByLabel(t('column.receipt'), { exact: true }).check()
  await page.getByRole('button', { name: t('list.columns_use') }).click()
  await expect(page).toHaveURL(/sort=oldest/)
  await fold('columns').click()
  await expect(page.getByLabel(t('column.receipt'), { exact: true })).toBeChecked()
  const name = `Najstarsze ${unique()}`
  await fold('views').click()
  const keep = page.locator('form[action$=keep_view]')
  await keep.getByLabel(t('list.view_name')).fill(name)
  await expect(keep.getByLabel(t('list.view_shared'))).toHaveCount(0)
  await keep.getByRole('button', { name: t('list.view_keep') }).click()
  await expect(page.getByRole('navigation', { name: t('list.views'), exact: true }).getByRole('link', { name })).toHaveAttribute('aria-current', 'true')
  await fold('views').click()
  await page.getByRole('button', { name: t('list.view_usual') }).click()
  await open(page, '/cases')
  await expect(page).toHaveURL(/view=/)
  await fold('views').click()
  await page.getByRole('button', { name: t('list.view_remove') }).click()
  await expect(page.getByText(name)).toHaveCount(0)
})
