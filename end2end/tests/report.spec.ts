import { expect, open, ready, test } from '../support/test.ts'
import { browserOf, confirmation, fillFault, fillItem, fillReport, fillToReview, home, leave, review, send, step } from '../support/home.ts'
import { photo } from '../support/photos.ts'
import { answer, ask, line, unique } from '../support/till.ts'
import { languages, speak } from '../support/words.ts'

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: browserOf[language] })
    const t = speak(language)
    const a = ask(language)

    test('from the form to the confirmed complaint', async ({ page, mailbox, visitor }) => {
      test.setTimeout(90_000)
      await open(page, '/report')
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await page.getByRole('link', { name: a.shoes, exact: true }).click()
      await ready(page)
      await expect(step(page, language, 'step_item')).toBeVisible()
      await expect(step(page, language, 'step_fault')).toBeHidden()
      await expect(page.getByText(t('report.step_of', { n: 1, all: 5 }))).toBeVisible()
      const { article, email } = await fillReport(page, language)
      await review(page, language)

      const main = page.getByRole('main')
      await expect(main).toContainText(article)
      await expect(main).toContainText(email)
      await expect(main).toContainText('Storgata 1')
      const number = await send(page, language)
      await expect(main).toContainText(email)

      // Opening the link changes nothing; its button does.
      const link = await confirmation(mailbox, email)
      const reader = await visitor({ locale: browserOf[language] })
      for (let times = 0; times < 2; times++) {
        await reader.goto(link)
        await expect(reader.getByRole('heading', { name: t('report.confirm_title') })).toBeVisible()
      }
      await expect(reader.getByRole('main')).toContainText(article)
      await expect(reader.getByRole('main')).not.toContainText(email)
      await reader.getByRole('button', { name: t('report.confirm') }).click()
      await expect(reader.getByRole('heading', { name: t('report.thanks') })).toBeVisible()
      await expect(reader.locator('.numbers-large')).toHaveText(number)
      await reader.goto(link)
      await expect(reader.getByRole('heading', { name: t('report.confirmed') })).toBeVisible()
      await page.reload()
      await expect(page.getByRole('heading', { name: t('report.confirmed') })).toBeVisible()
      await mailbox.waitFor(email, new RegExp(number))
    })
  })
}

const t = speak('nb')
const a = ask('nb')
test.use({ locale: 'nb-NO' })

test('each step is checked before it is left, and Back goes through them', async ({ page, axe }) => {
  await open(page, '/report/new?type=shoes')
  await page.getByRole('link', { name: t('report.next'), exact: true }).click()
  await expect(line(page, a.article)).toBeFocused()
  await expect(line(page, a.article)).toHaveAttribute('aria-invalid', 'true')
  await axe(page)
  await fillItem(page, 'nb', 'Fjellsko')
  await leave(page, 'nb', 'step_fault')
  expect(new URL(page.url()).hash).toBe('#fault')
  await fillFault(page, 'nb')
  await leave(page, 'nb', 'step_wish')
  await page.goBack()
  await expect(step(page, 'nb', 'step_fault')).toBeVisible()
  await expect(line(page, a.description)).toHaveValue('Sålen løsner foran')
  await page.goBack()
  await expect(line(page, a.article)).toHaveValue('Fjellsko')
  await page.goForward()
  await expect(step(page, 'nb', 'step_fault')).toBeVisible()
  await expect(line(page, a.description)).toHaveValue('Sålen løsner foran')
})

test('a closed tab finds everything again, pictures included', async ({ page, context }) => {
  const article = `Joggesko ${unique()}`
  await open(page, '/report/new?type=shoes')
  await line(page, a.article).fill(article)
  await expect(page.getByText(t('report.saved'))).toBeVisible()
  await expect(page).toHaveURL(/\/report\/[0-9a-f]{32}\?item=/)
  await fillItem(page, 'nb', article)
  await leave(page, 'nb', 'step_fault')
  await page.locator('input[type=file][name="file.damage"]').last().setInputFiles(photo('damage', article))
  await expect(page.locator('.thumbnails img')).toHaveCount(1)
  await line(page, a.description).fill('Sålen')
  // In the middle of a word: no pause in typing has kept it yet.
  await page.close({ runBeforeUnload: false })

  const again = await context.newPage()
  await open(again, '/report')
  await again.getByRole('link', { name: t('report.unfinished_go') }).click()
  await ready(again)
  await expect(line(again, a.article)).toHaveValue(article)
  await leave(again, 'nb', 'step_fault')
  await expect(line(again, a.description)).toHaveValue('Sålen')
  await expect(again.locator('.thumbnails img')).toHaveCount(1)
  await again.getByRole('button', { name: t('form.remove_picture') }).click()
  await expect(again.locator('.thumbnails img')).toHaveCount(0)
})

test('what is typed before the client is there is kept, and the steps lead on', async ({ page }) => {
  let come = () => {}
  const later = new Promise<void>((resolve) => (come = resolve))
  await page.route('**/*.wasm', async (route) => {
    await later
    await route.continue()
  })
  await page.goto('/report/new?type=shoes', { waitUntil: 'domcontentloaded' })
  await fillItem(page, 'nb', 'Tidlig sko')
  await page.getByRole('link', { name: t('report.next'), exact: true }).click()
  await expect(step(page, 'nb', 'step_fault')).toBeVisible()
  await expect(step(page, 'nb', 'step_item')).toBeHidden()
  await line(page, a.description).fill('Sålen')
  await answer(page, a.side, a.left).click()
  come()
  await ready(page)
  await expect(page.getByText(t('report.saved'))).toBeVisible()
  await page.reload()
  await ready(page)
  await expect(line(page, a.description)).toHaveValue('Sålen')
  await expect(page.getByRole('group', { name: a.side }).getByRole('radio', { name: a.left })).toBeChecked()
  await page.goBack()
  await expect(line(page, a.article)).toHaveValue('Tidlig sko')
})

test('skipping to the content stays on the step', async ({ page }) => {
  await open(page, '/report/new?type=shoes')
  await fillItem(page, 'nb', 'Fjellsko')
  await leave(page, 'nb', 'step_fault')
  await page.locator('.skip').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#content')).toBeFocused()
  await expect(step(page, 'nb', 'step_fault')).toBeVisible()
})

test('another language keeps what was typed, and reads it', async ({ page }) => {
  await open(page, '/report/new?type=shoes')
  await fillItem(page, 'nb', 'Fjellsko')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await ready(page)
  await expect(line(page, ask('en').article)).toHaveValue('Fjellsko')
  await expect(line(page, ask('en').bought)).toHaveValue(/^\d\d\/\d\d\/\d{4}$/)
  await leave(page, 'en', 'step_fault')
})

test('several articles under one number; one is changed, one removed', async ({ page, mailbox }) => {
  test.setTimeout(90_000)
  const first = `Fjellsko ${unique()}`
  const second = `Joggesko ${unique()}`
  const { email } = await fillToReview(page, 'nb', { article: first })
  for (const article of [second, 'Tøfler']) {
    await page.getByRole('link', { name: t('report.add') }).click()
    await page.getByRole('link', { name: a.shoes, exact: true }).click()
    await ready(page)
    await expect(page.getByText(t('report.step_of', { n: 1, all: 3 }))).toBeVisible()
    await fillItem(page, 'nb', article)
    await leave(page, 'nb', 'step_fault')
    await fillFault(page, 'nb')
    await leave(page, 'nb', 'step_wish')
    await review(page, 'nb')
    await expect(page.getByRole('heading', { name: article })).toBeVisible()
  }
  const card = page.locator('.review-card', { has: page.getByRole('heading', { name: 'Tøfler' }) })
  await card.getByRole('button', { name: t('report.remove_article') }).click()
  await expect(page.getByRole('heading', { name: 'Tøfler' })).toHaveCount(0)

  // Each section leads to its own step.
  await page.locator('.review-card', { has: page.getByRole('heading', { name: second }) }).getByRole('link', { name: t('report.change') }).first().click()
  await ready(page)
  await line(page, a.brand).fill('Løpa')
  for (const next of ['step_fault', 'step_wish']) await leave(page, 'nb', next)
  await review(page, 'nb')
  await expect(page.getByRole('main')).toContainText('Løpa')
  await send(page, 'nb')
  await expect(page.locator('.numbers li')).toHaveCount(2)
  await page.goto(await confirmation(mailbox, email))
  await expect(page.getByRole('main')).toContainText(first)
  await expect(page.getByRole('main')).toContainText(second)
})

test('a wrong address is corrected, and the letter comes again', async ({ page, mailbox }) => {
  test.setTimeout(60_000)
  await fillToReview(page, 'nb')
  await send(page, 'nb')
  const email = line(page, t('report.email'))
  await email.fill('ola(at)kunde')
  await page.getByRole('button', { name: t('report.send_again') }).click()
  await expect(email).toHaveAttribute('aria-invalid', 'true')
  await expect(email).toHaveValue('ola(at)kunde')
  const right = `${unique()}@kunde.example`
  await email.fill(right)
  await page.getByRole('button', { name: t('report.send_again') }).click()
  await expect(page.getByText(t('report.sent_again', { to: right }))).toBeVisible()
  await confirmation(mailbox, right)
})

test('what was wrong on another step is shown there', async ({ page }) => {
  const h = home('nb')
  await open(page, '/report/new?type=shoes')
  await fillReport(page, 'nb', { article: 'Fjellsko' })
  // By the browser's own Back to an earlier step, which is spoilt there.
  await page.evaluate(() => (location.hash = '#contact'))
  await line(page, a.email).fill('ola(at)kunde')
  await page.evaluate(() => (location.hash = '#delivery'))
  await expect(line(page, h.city)).toBeVisible()
  await review(page, 'nb')
  await expect(line(page, a.email)).toBeFocused()
  await expect(page.getByText(t('fault.not_an_email')).first()).toBeVisible()
})

test('links that open nothing say so', async ({ page, strict, axe }) => {
  strict.allowStatus(404)
  await page.goto('/confirm/0123456789')
  await expect(page.getByRole('heading', { name: t('report.no_link_title') })).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: t('report.follow') })).toHaveAttribute('href', '/status')
  await axe(page)
  await page.goto('/report/0123456789')
  await expect(page.getByRole('heading', { name: t('report.unknown_title') })).toBeVisible()
})
