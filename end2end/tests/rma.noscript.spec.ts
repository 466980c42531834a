import { expect, open, people, signInAs, test } from '../support/test.ts'
import { issue, takeIn } from '../support/returns.ts'
import { registerShoes } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
test.use({ locale: 'nb-NO' })

test('a return from its number to the shelf, without a line of script', async ({ page, server }) => {
  test.setTimeout(90_000)
  await signInAs(page, people.handler)
  const number = await registerShoes(page, 'nb')
  await issue(page, number)

  // What is wrong stands beside its field, and what was typed is still there.
  await page.locator('#by-hand > summary').click()
  const byHand = page.locator('#by-hand')
  await byHand.getByLabel(t('rma.waybill')).fill('370000000000000001')
  await byHand.locator('input[type=file]').setInputFiles({ name: 'label.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>no label</html>') })
  await byHand.getByRole('button', { name: t('rma.by_hand_save') }).click()
  await expect(byHand).toContainText(t('refusal.unknown_type'))
  await expect(byHand.getByLabel(t('rma.waybill'))).toHaveValue('370000000000000001')
  await byHand.locator('input[type=file]').setInputFiles({ name: 'label.zpl', mimeType: 'text/plain', buffer: Buffer.from('^XA^FO20,20^FDparcel^FS^XZ') })
  await byHand.getByRole('button', { name: t('rma.by_hand_save') }).click()
  await expect(page.getByRole('main')).toContainText('370000000000000001')
  await expect(page.getByRole('button', { name: t('rma.carrier_label') })).toBeVisible()

  await page.locator('#extend > summary').click()
  await page.locator('#extend').getByLabel(t('rma.extend_to')).fill('2020-01-01')
  await page.locator('#extend').getByRole('button', { name: t('rma.extend_save') }).click()
  await expect(page.locator('#extend')).toContainText(t('fault.out_of_range'))

  // The label and the waybill, scanned into the field at the top.
  for (const text of [`${server.url}/r/${number}`, '370000000000000001']) {
    await open(page, '/')
    await page.getByRole('combobox', { name: t('search.label') }).fill(text)
    await page.getByRole('combobox', { name: t('search.label') }).press('Enter')
    await expect(page).toHaveURL(new RegExp(`/rma/${number}$`))
  }
  await open(page, '/scan')
  await page.getByLabel(t('scan.field')).fill(number)
  await page.getByRole('button', { name: t('scan.open') }).click()
  await expect(page).toHaveURL(new RegExp(`/rma/${number}$`))
  await takeIn(page, 'nb', t('condition.different'), 'Hylle 2')
  await open(page, `/r/${number}`)
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`))
  await expect(page.getByRole('main')).toContainText('Hylle 2')
})
