import { expect, open, people, signInAs, test } from '../support/test.ts'
import { speak } from '../support/words.ts'

const t = speak('en')

test('a carrier is chosen; its keys go in and are never shown again', async ({ page, axe }) => {
  await signInAs(page, people.admin, '/settings/carrier')
  const save = page.getByRole('button', { name: t('ui.save') })
  await expect(page.getByText(t('carrier.manual_hint'))).toBeVisible()
  await expect(page.getByText(t('carrier.inpost_hint'))).toBeHidden()
  await axe(page)

  await page.getByLabel(t('carrier.inpost'), { exact: true }).check()
  await expect(page.getByText(t('carrier.manual_hint'))).toBeHidden()
  await page.locator('#inpost_organisation').fill('12a')
  await page.locator('#inpost_token').fill('a-token-of-inpost')
  await page.locator('#inpost_test').check()
  await save.click()
  const organisation = page.locator('#inpost_organisation')
  await expect(organisation).toHaveAttribute('aria-invalid', 'true')
  await expect(organisation).toHaveValue('12a')
  await expect(page.locator('#inpost_test')).toBeChecked()
  // Not kept with a form that failed, and said so.
  await expect(page.locator('#inpost_token')).toHaveValue('')
  await expect(page.getByText(t('carrier.secret_again')).first()).toBeVisible()
  await axe(page)

  await organisation.fill('1234')
  await page.locator('#inpost_token').fill('a-token-of-inpost')
  await save.click()
  await expect(page.getByText(t('settings.saved'), { exact: true })).toBeVisible()
  await expect(page.locator('#inpost_token')).toHaveValue('')
  await expect(page.locator('#inpost_token')).toHaveAccessibleDescription(t('carrier.secret_kept'))
  expect(await page.content()).not.toContain('a-token-of-inpost')
  await expect(page.getByRole('button', { name: t('carrier.ask', { carrier: 'InPost' }) })).toBeVisible()
  await axe(page)

  // While its part is seen, which it is no more once another carrier is chosen.
  await page.locator('#inpost_token_forget').check()
  await page.getByLabel(t('carrier.manual'), { exact: true }).check()
  await save.click()
  await expect(page.getByText(t('settings.saved'), { exact: true })).toBeVisible()
  await open(page, '/settings/carrier')
  await expect(page.getByLabel(t('carrier.manual'), { exact: true })).toBeChecked()
  await expect(page.locator('#inpost_token_forget')).toHaveCount(0)
})
