import { expect, people, signInAs, test } from '../support/test.ts'
import { browserOf, confirmation, fillToReview, send } from '../support/home.ts'
import { caseOf, lastDigits, wholeStatus } from '../support/status.ts'
import { languages, speak } from '../support/words.ts'

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: browserOf[language] })

    test('a customer follows a case and has a say in it', async ({ page, visitor, mailbox, axe, strict }) => {
      test.setTimeout(120_000)
      // A file that is asked for after leaving.
      strict.allowStatus(401)
      await wholeStatus({ language, customer: page, clerk: await visitor(), handler: await visitor(), mailbox, axe })
    })
  })
}

const t = speak('nb')
test.use({ locale: 'nb-NO' })

test('a complaint that is not confirmed yet can have its letter again', async ({ page, mailbox }) => {
  test.setTimeout(60_000)
  const { email } = await fillToReview(page, 'nb')
  const number = await send(page, 'nb')
  await confirmation(mailbox, email)
  await page.goto(`/status?number=${number}`)
  await expect(page.locator('#reference')).toHaveValue(number)
  await page.locator('#proof').fill(email)
  await page.getByRole('button', { name: t('status.show') }).click()
  await expect(page.getByRole('main')).toContainText(t('status.unconfirmed_title'))
  await page.getByRole('button', { name: t('status.resend') }).click()
  await expect(page.getByRole('main')).toContainText(t('status.resent'))
})

test('a wrong digit is told, and a link that is none leads on', async ({ page, strict, axe }) => {
  strict.allowStatus(404)
  await page.goto('/status')
  await page.locator('#reference').fill('26-000001-0')
  await page.locator('#proof').fill('ola@kunde.example')
  await page.getByRole('button', { name: t('status.show') }).click()
  await expect(page.getByText(t('fault.check_digit')).or(page.getByText(t('status.no_match')))).toBeVisible()
  await page.goto('/s/0123456789')
  await expect(page.getByRole('heading', { name: t('status.link_gone_title') })).toBeVisible()
  await axe(page)
  await page.getByRole('main').getByRole('link', { name: t('status.find_title') }).click()
  await expect(page.locator('#reference')).toBeVisible()
})

test('two cases in one browser', async ({ page, visitor, mailbox }) => {
  test.setTimeout(60_000)
  const clerk = await visitor()
  await signInAs(clerk, people.clerk)
  const first = await caseOf(clerk, 'nb', mailbox)
  const second = await caseOf(clerk, 'nb', mailbox)
  for (const { link, article } of [first, second]) {
    await page.goto(link)
    await page.locator('#proof').fill(lastDigits)
    await page.getByRole('button', { name: t('status.show') }).click()
    await expect(page.getByRole('heading', { level: 1, name: article })).toBeVisible()
  }
  // What was proved before is open still.
  await page.goto(first.link)
  await expect(page.getByRole('heading', { level: 1, name: first.article })).toBeVisible()
})
