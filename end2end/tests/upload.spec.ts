import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, open, people, phone, signInAs, test } from '../support/test.ts'
import { pdf, photo } from '../support/photos.ts'
import { arrived, picker, sendFromPhone } from '../support/phone.ts'
import { beginShoes, registerShoes, fillShoes, save, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
test.use({ locale: 'nb-NO' })

/** A new case, and the link that its dialog shows. */
async function linkOf(page: Page): Promise<{ number: string; link: string }> {
  await signInAs(page, people.clerk)
  const number = await registerShoes(page, 'nb')
  await page.getByRole('link', { name: t('upload.phone_button') }).click()
  const link = (await page.getByRole('dialog').getByRole('link').first().getAttribute('href')) ?? ''
  await page.getByRole('dialog').getByRole('button', { name: t('upload.done') }).click()
  return { number, link }
}

/** The row of a link, for `server.sql`: of its token only the hash is kept. */
const row = (link: string) => `token_hash = '${createHash('sha256').update(link.split('/').at(-1) ?? '').digest('hex')}'`

test('a dropped connection goes on by itself, and what arrived is there once', async ({ page, visitor, strict }) => {
  strict.allow(/ERR_FAILED|net::/)
  const mark = unique()
  const { number, link } = await linkOf(page)
  const mobile = await visitor({ ...phone, locale: 'nb-NO' })
  await open(mobile, link)
  let tries = 0
  await mobile.route('**/u/*/files*', async (route) => {
    tries += 1
    if (tries === 1) return route.abort('failed')
    if (tries === 2) {
      // It arrived, and the answer did not: the next try sends it a second time.
      await route.fetch()
      return route.abort('failed')
    }
    return route.continue()
  })
  await picker(mobile, 'nb', 'damage').setInputFiles([photo('damage', mark)])
  await expect(mobile.getByText(t('upload.pausing'))).toBeVisible()
  await expect(arrived(mobile)).toHaveCount(1, { timeout: 20_000 })
  expect(tries).toBe(3)
  await mobile.unroute('**/u/*/files*')
  // Once more by hand, the very same file.
  await picker(mobile, 'nb', 'damage').setInputFiles([photo('damage', mark)])
  await expect(mobile.getByRole('progressbar')).toHaveCount(0)
  await mobile.waitForTimeout(500)
  await expect(arrived(mobile)).toHaveCount(1)
  await open(page, `/cases/${number}`)
  await expect(page.locator('.case-picture-list > li')).toHaveCount(1)
})

test('leaving too early is warned of', async ({ page, visitor }) => {
  const { link } = await linkOf(page)
  const mobile = await visitor({ ...phone, locale: 'nb-NO' })
  await open(mobile, link)
  let go = () => {}
  const held = new Promise<void>((resolve) => (go = resolve))
  await mobile.route('**/u/*/files*', async (route) => {
    await held
    await route.continue()
  })
  await picker(mobile, 'nb', 'receipt').setInputFiles([photo('receipt', unique())])
  await expect(mobile.getByText(t('upload.still_sending', { n: 1 })).filter({ visible: true })).toBeVisible()
  const asked = new Promise<string>((resolve) => {
    mobile.on('dialog', async (dialog) => {
      resolve(dialog.type())
      await dialog.dismiss()
    })
  })
  await mobile.evaluate(() => setTimeout(() => window.location.assign('/sign-in'), 0))
  expect(await asked).toBe('beforeunload')
  go()
  await expect(arrived(mobile)).toHaveCount(1)
  await mobile.getByRole('link', { name: t('upload.done') }).or(mobile.getByRole('button', { name: t('upload.done') })).first().click()
  await expect(mobile.getByRole('heading', { name: t('upload.thanks') })).toBeVisible()
  await expect(mobile.getByText(t('upload.can_close'))).toBeVisible()
})

test('an unknown link says what to do; a good one shows nobody else’s pictures', async ({ page, visitor, strict, axe }) => {
  strict.allowStatus(404, 410)
  const { link } = await linkOf(page)
  await page.locator('input[type=file]').first().setInputFiles(photo('item', unique()))
  const mobile = await visitor({ ...phone, locale: 'nb-NO' })
  const answer = await mobile.goto(`${link}x`)
  expect([404, 410]).toContain(answer?.status())
  await expect(mobile.getByText(t('upload.unknown_title'))).toBeVisible()
  await axe(mobile)
  await open(mobile, link)
  await expect(arrived(mobile)).toHaveCount(0)
})

test('a link that ends while it is open says so at the next picture; what was sent is safe', async ({ page, visitor, server, strict, axe }) => {
  strict.allowStatus(410)
  const mark = unique()
  const { number, link } = await linkOf(page)
  const mobile = await visitor({ ...phone, locale: 'nb-NO' })
  await open(mobile, link)
  await sendFromPhone(mobile, 'nb', 'receipt', [photo('receipt', mark)])
  await server.sql(`update upload_links set expires_at = ${Date.now() - 1000} where ${row(link)}`)
  await picker(mobile, 'nb', 'damage').setInputFiles([photo('damage', mark)])
  const notice = mobile.getByRole('alert').filter({ hasText: t('upload.expired_title') })
  await expect(notice).toContainText(t('upload.expired_text'))
  await expect(notice).toContainText(t('upload.expired_safe'))
  await axe(mobile)

  const answer = await mobile.goto(link)
  expect(answer?.status()).toBe(410)
  await expect(mobile.getByRole('heading', { level: 1, name: t('upload.expired_title') })).toBeVisible()
  await expect(mobile.locator('input[type=file]')).toHaveCount(0)
  await axe(mobile)
  await open(page, `/cases/${number}`)
  await expect(page.locator('.case-picture-list > li')).toHaveCount(1)
})

test('a newer code ends one that nobody used', async ({ page, visitor, server, strict }) => {
  strict.allowStatus(410)
  const { link: old } = await linkOf(page)
  // It was shown three minutes ago.
  await server.sql(`update upload_links set created_at = created_at - 180000 where ${row(old)}`)
  await page.getByRole('link', { name: t('upload.phone_button') }).click()
  const fresh = (await page.getByRole('dialog').getByRole('link').first().getAttribute('href')) ?? ''
  expect(fresh).not.toBe(old)
  const mobile = await visitor({ ...phone, locale: 'nb-NO' })
  const answer = await mobile.goto(old)
  expect(answer?.status()).toBe(410)
  await expect(mobile.getByRole('heading', { level: 1, name: t('upload.expired_title') })).toBeVisible()
  await open(mobile, fresh)
  await sendFromPhone(mobile, 'nb', 'damage', [photo('damage', unique())])
  await expect(page.getByRole('dialog').getByText(t('upload.phone_came', { n: 1 }))).toBeVisible()
})

test('several at once, a PDF, a refusal in words, another kind; the case follows each', async ({ page, visitor, strict, axe }) => {
  strict.allowStatus(422)
  const mark = unique()
  const { link } = await linkOf(page)
  const mobile = await visitor({ ...phone, locale: 'nb-NO' })
  await open(mobile, link)
  await sendFromPhone(mobile, 'nb', 'damage', [photo('damage', `${mark}1`), photo('damage', `${mark}2`), photo('damage', `${mark}3`)])
  await expect(page.locator('.case-picture-list > li')).toHaveCount(3)
  await picker(mobile, 'nb', 'document').setInputFiles(pdf(mark))
  await expect(page.locator('.case-picture-list > li')).toHaveCount(4)
  await picker(mobile, 'nb', 'item').setInputFiles({ name: 'not.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') })
  await expect(mobile.getByText(t('refusal.unknown_type'))).toBeVisible()
  await axe(mobile)
  await mobile.getByRole('button', { name: t('upload.dismiss') }).click()
  await expect(mobile.getByText(t('refusal.unknown_type'))).toHaveCount(0)
  await mobile.locator('.sent-item select').first().selectOption('label')
  await expect(page.locator('.case-pictures')).toContainText(t('kind.label'))
})

test('pictures from the phone land in the form that is still open', async ({ page, visitor }) => {
  await signInAs(page, people.clerk)
  await beginShoes(page, 'nb')
  await fillShoes(page, 'nb')
  await page.getByRole('link', { name: t('upload.phone_button') }).first().click()
  const dialog = page.getByRole('dialog')
  const link = (await dialog.getByRole('link').first().getAttribute('href')) ?? ''
  const mobile = await visitor({ ...phone, locale: 'nb-NO' })
  await open(mobile, link)
  await sendFromPhone(mobile, 'nb', 'damage', [photo('damage', unique())])
  await expect(dialog.getByText(t('upload.phone_came', { n: 1 }))).toBeVisible()
  await dialog.getByRole('button', { name: t('upload.done') }).click()
  await expect(page.locator('.thumbnail img')).toHaveCount(1)
  await page.locator('input[type=file][name="file.receipt"]').last().setInputFiles(photo('receipt', unique()))
  await expect(page.locator('.thumbnail img')).toHaveCount(2)
  await save(page, 'nb')
  await expect(page.locator('.case-picture-list > li')).toHaveCount(2)
})
