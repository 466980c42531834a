import { expect, open, people, signInAs, test } from '../support/test.ts'
import { pdf, photo } from '../support/photos.ts'
import { arrived, choice, picker, sendFromPhone } from '../support/phone.ts'
import { answer, ask, fillShoes, line, numberOf, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
const a = ask('nb')
test.use({ locale: 'nb-NO' })

test('signing in: a wrong password keeps the login', async ({ page }) => {
  await open(page, '/sign-in')
  await page.getByLabel(t('sign_in.login')).fill(people.clerk.login)
  await page.getByLabel(t('sign_in.password')).fill('not-the-password')
  await page.getByRole('button', { name: t('sign_in.submit') }).click()
  await expect(page.getByRole('alert')).toContainText(t('sign_in.wrong'))
  await expect(page.getByLabel(t('sign_in.login'))).toHaveValue(people.clerk.login)
  await page.getByLabel(t('sign_in.password')).fill(people.clerk.password)
  await page.getByRole('button', { name: t('sign_in.submit') }).click()
  await expect(page.getByRole('link', { name: t('shell.create_case') }).first()).toBeVisible()
  await page.locator('details.user > summary').click()
  await page.getByRole('button', { name: t('sign_in.sign_out') }).click()
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a case from the form to the till, without a line of script', async ({ page, mailbox }) => {
  test.setTimeout(90_000)
  const mark = unique()
  const email = `${mark}@kunde.example`
  await signInAs(page, people.clerk)
  await page.getByRole('link', { name: t('shell.create_case') }).first().click()
  await page.getByRole('link', { name: a.shoes, exact: true }).click()

  // A first try that is not right: the page comes back with the error beside its field and everything typed.
  await fillShoes(page, 'nb', { email: 'ola(at)kunde', name: `Ola Uten ${mark}`, receipt: `R${mark}`, price: '1 299,50', letters: 'Norsk' })
  await page.getByRole('button', { name: t('register.save') }).click()
  await expect(line(page, a.email)).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText(t('fault.not_an_email')).first()).toBeVisible()
  await expect(line(page, a.email)).toHaveValue('ola(at)kunde')
  await expect(line(page, a.name)).toHaveValue(`Ola Uten ${mark}`)
  await expect(line(page, a.price)).toHaveValue('1 299,50')
  await expect(page.getByRole('group', { name: a.place }).getByRole('checkbox', { name: a.sole })).toBeChecked()
  await expect(page.getByRole('group', { name: a.side }).getByRole('radio', { name: a.left })).toBeChecked()

  // Pictures by file input; they come back as thumbnails, whatever else is wrong.
  await page.locator('input[type=file][name="file.receipt"]').last().setInputFiles(photo('receipt', mark))
  await page.locator('input[type=file][name="file.damage"]').last().setInputFiles([photo('damage', mark), photo('item', mark)])
  await page.getByRole('button', { name: t('register.add_pictures') }).click()
  await expect(page.locator('ul.thumbnails img')).toHaveCount(3)
  await expect(line(page, a.name)).toHaveValue(`Ola Uten ${mark}`)

  await line(page, a.email).fill(email)
  await page.getByRole('button', { name: t('register.save'), exact: true }).click()
  await expect(page).toHaveURL(/\/cases\/\d\d-\d{6}-\d$/)
  const number = numberOf(page.url())
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()
  const pictures = page.locator('.case-pictures img')
  await expect(pictures).toHaveCount(3)
  await expect(page.getByRole('main')).toContainText('1 299,50')
  const letter = await mailbox.waitFor(email, new RegExp(number))
  expect(letter.html || '').toContain(number)

  // The handler decides.
  await page.locator('details.user > summary').click()
  await page.getByRole('button', { name: t('sign_in.sign_out') }).click()
  await signInAs(page, people.handler, `/cases/${number}`)
  await page.getByRole('button', { name: t('case.take_over') }).click()
  await expect(page.locator('#timeline')).toContainText(people.handler.name)
  await answer(page, t('case.verdict'), t('verdict.approved')).click()
  await page.getByLabel(t('case.reason')).selectOption({ label: 'Produksjonsfeil' })
  await page.locator('#decide').getByRole('button', { name: t('case.decide_preview') }).click()
  await expect(page.locator('#decide').getByText(t('case.preview_title'))).toBeVisible()
  await page.locator('#decide').getByRole('button', { name: t('case.decide_send') }).click()
  await expect(page.getByRole('heading', { name: t('case.is_approved') })).toBeVisible()
  await mailbox.waitFor(email, /godkjent/i)

  // The clerk finds it and settles it; an amount that is none comes back beside its field.
  await page.locator('details.user > summary').click()
  await page.getByRole('button', { name: t('sign_in.sign_out') }).click()
  await signInAs(page, people.clerk)
  await page.getByRole('combobox', { name: t('search.label') }).fill(number.replaceAll('-', ''))
  await page.getByRole('combobox', { name: t('search.label') }).press('Enter')
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`))
  await expect(page.locator('#outcome')).toContainText(`R${mark}`)
  await answer(page, t('case.outcome_question'), 'Penger tilbake').click()
  await page.locator('#settle-amount').fill('mye')
  await page.getByRole('button', { name: t('case.settle') }).click()
  await expect(page.locator('#settle-amount')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.locator('#settle-amount')).toHaveValue('mye')
  await expect(page.getByRole('radio', { name: 'Penger tilbake' })).toBeChecked()
  await page.locator('#settle-amount').fill('1 299,50')
  await page.getByRole('button', { name: t('case.settle') }).click()
  await expect(page.locator('#outcome')).toContainText('Penger tilbake')
  await expect(page.locator('#outcome')).toContainText(/1\s299,50/)
  await page.getByRole('button', { name: t('case.undo') }).click()
  await expect(page.getByRole('button', { name: t('case.settle') })).toBeVisible()

  // By words, too.
  await page.getByRole('combobox', { name: t('search.label') }).fill(`uten ${mark}`)
  await page.getByRole('combobox', { name: t('search.label') }).press('Enter')
  await expect(page.getByRole('main')).toContainText(number)
})

test('the phone’s page: pictures and a PDF, thumbnails, another kind', async ({ page, visitor }) => {
  const mark = unique()
  await signInAs(page, people.clerk, '/new')
  await page.getByRole('link', { name: a.shoes, exact: true }).click()
  await fillShoes(page, 'nb', { receipt: `R${mark}` })
  await page.getByRole('button', { name: t('register.save'), exact: true }).click()
  await expect(page).toHaveURL(/\/cases\/\d\d-\d{6}-\d$/)
  const number = numberOf(page.url())
  // The code stands in the page where there is no dialog.
  await page.getByRole('link', { name: t('upload.phone_button') }).click()
  await expect(page.getByRole('img', { name: t('upload.phone_code') })).toBeVisible()
  const link = (await page.locator('.phone-url a').first().getAttribute('href')) ?? ''

  const mobile = await visitor({ locale: 'nb-NO', viewport: page.viewportSize() })
  await open(mobile, link)
  await expect(mobile.getByText(number)).toBeVisible()
  await sendFromPhone(mobile, 'nb', 'receipt', [photo('receipt', mark)])
  await expect(mobile.getByText(t('upload.received', { n: 1 }))).toBeVisible()
  await sendFromPhone(mobile, 'nb', 'damage', [photo('damage', mark), photo('item', mark)])
  await picker(mobile, 'nb', 'document').setInputFiles(pdf(mark))
  await choice(mobile, 'nb', 'document').getByRole('button', { name: t('upload.send') }).click()
  await expect(mobile.locator('.sent-item')).toHaveCount(4)
  // Each thumbnail is there, and none is broken.
  for (const image of await arrived(mobile).all()) expect((await mobile.request.get((await image.getAttribute('src')) ?? '')).ok()).toBe(true)

  // What is no picture is refused in words; nothing else is lost.
  await picker(mobile, 'nb', 'item').setInputFiles({ name: 'virus.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') })
  await choice(mobile, 'nb', 'item').getByRole('button', { name: t('upload.send') }).click()
  await expect(mobile.getByRole('alert')).toContainText(t('refusal.unknown_type'))
  await expect(mobile.locator('.sent-item')).toHaveCount(4)

  await mobile.locator('.sent-item').filter({ has: mobile.locator('img') }).first().getByRole('combobox').selectOption('label')
  await mobile.locator('.sent-item').filter({ has: mobile.locator('img') }).first().getByRole('button', { name: t('upload.change') }).click()
  await expect(mobile.locator('.sent-item select').first()).toHaveValue('label')
  await mobile.getByRole('link', { name: t('upload.done') }).or(mobile.getByRole('button', { name: t('upload.done') })).first().click()
  await expect(mobile.getByRole('heading', { name: t('upload.thanks') })).toBeVisible()

  await open(page, `/cases/${number}`)
  await expect(page.locator('.case-picture-list > li')).toHaveCount(4)
  await expect(page.locator('.case-pictures')).toContainText(t('kind.label'))
})

test('a draft is kept and carried on with', async ({ page }) => {
  const article = `Tøffel ${unique()}`
  await signInAs(page, people.clerk, '/new')
  await page.getByRole('link', { name: a.shoes, exact: true }).click()
  await line(page, a.article).fill(article)
  await page.getByRole('button', { name: t('register.save_draft') }).click()
  await open(page, '/new')
  await page.getByRole('link', { name: article }).click()
  await expect(line(page, a.article)).toHaveValue(article)
})
