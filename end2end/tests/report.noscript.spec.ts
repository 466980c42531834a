import { expect, test } from '../support/test.ts'
import { browserOf, confirmation, fillFault, fillItem, fillReport, review, send } from '../support/home.ts'
import { photo } from '../support/photos.ts'
import { ask, line, unique } from '../support/till.ts'
import { languages, speak } from '../support/words.ts'

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: browserOf[language] })
    const t = speak(language)
    const a = ask(language)

    test('from the form to the confirmed complaint, without a line of script', async ({ page, mailbox }) => {
      test.setTimeout(60_000)
      await page.goto('/report')
      await page.getByRole('link', { name: a.shoes, exact: true }).click()
      // A first try that is not right: everything comes back, with the error beside its field.
      const { article } = await fillReport(page, language, { email: 'ola(at)kunde' })
      await review(page, language)
      await expect(line(page, a.email)).toHaveAttribute('aria-invalid', 'true')
      await expect(line(page, a.email)).toHaveValue('ola(at)kunde')
      await expect(line(page, a.article)).toHaveValue(article)
      await expect(page.getByRole('group', { name: a.side }).getByRole('radio', { name: a.left })).toBeChecked()

      const email = `${unique()}@kunde.example`
      await line(page, a.email).fill(email)
      await page.locator('input[type=file][name="file.damage"]').last().setInputFiles([photo('damage', email), photo('item', email)])
      await page.getByRole('button', { name: t('report.add_pictures') }).click()
      await expect(page.locator('.thumbnails img')).toHaveCount(2)
      await expect(line(page, a.email)).toHaveValue(email)
      await review(page, language)
      await expect(page.locator('.thumbnails img')).toHaveCount(2)
      await page.getByRole('button', { name: t('form.remove_picture') }).first().click()
      await expect(page.locator('.thumbnails img')).toHaveCount(1)
      for (const image of await page.locator('.thumbnails img').all()) expect((await page.request.get((await image.getAttribute('src')) ?? '')).ok()).toBe(true)

      const number = await send(page, language)
      await page.goto(await confirmation(mailbox, email))
      await page.getByRole('button', { name: t('report.confirm') }).click()
      await expect(page.getByRole('heading', { name: t('report.thanks') })).toBeVisible()
      await expect(page.locator('.numbers-large')).toHaveText(number)
    })
  })
}

const t = speak('nb')
const a = ask('nb')
test.use({ locale: 'nb-NO' })

test('a file that is none is told, and nothing else is lost', async ({ page }) => {
  await page.goto('/report/new?type=shoes')
  await fillItem(page, 'nb', 'Fjellsko')
  await page.locator('input[type=file][name="file.damage"]').last().setInputFiles([
    { name: 'virus.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') },
    photo('damage', unique()),
  ])
  await page.getByRole('button', { name: t('report.add_pictures') }).click()
  await expect(page.getByText(t('refusal.unknown_type'))).toBeVisible()
  await expect(page.locator('.thumbnails img')).toHaveCount(1)
  await expect(line(page, a.article)).toHaveValue('Fjellsko')
})

test('another language keeps what was typed', async ({ page, context }) => {
  await page.goto('/report/new?type=shoes')
  await fillItem(page, 'nb', 'Fjellsko')
  await page.getByRole('button', { name: 'Polski' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'pl')
  await expect(line(page, ask('pl').article)).toHaveValue('Fjellsko')
  await fillFault(page, 'pl')

  // Enter sends the form, and changes no language.
  await line(page, ask('pl').size).press('Enter')
  await expect(page.locator('html')).toHaveAttribute('lang', 'pl')
  await expect(line(page, ask('pl').name)).toHaveAttribute('aria-invalid', 'true')

  // The browser finds it again.
  const again = await context.newPage()
  await again.goto('/report')
  await again.getByRole('link', { name: t('report.unfinished_go') }).click()
  await expect(line(again, a.article)).toHaveValue('Fjellsko')
})
