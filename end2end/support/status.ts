import type { Page } from '@playwright/test'
import { expect, links, people, signInAs } from './test.ts'
import { sendFromPhone } from './phone.ts'
import { photo } from './photos.ts'
import { registerShoes, unique } from './till.ts'
import { say, speak, type Language } from './words.ts'
import type { Mailbox } from './mailbox.ts'

/** The last four digits are the second factor. */
export const phoneNumber = '912 34 567'
export const lastDigits = '4567'

const own: Record<Language, string> = { en: 'English', nb: 'Norsk', pl: 'Polski' }

/** A case at the till, of a customer who reads that language: its number and the link in its letter. */
export async function caseOf(clerk: Page, language: Language, mailbox: Mailbox): Promise<{ number: string; email: string; article: string; link: string }> {
  const email = `${unique()}@kunde.example`
  const article = `Fjellsko ${unique()}`
  const number = await registerShoes(clerk, 'nb', { email, article, phone: phoneNumber, letters: own[language] })
  const letter = await mailbox.waitFor(email, new RegExp(number))
  return { number, email, article, link: links(letter).find((link) => link.includes('/s/')) ?? '' }
}

interface Actors {
  language: Language
  customer: Page
  clerk: Page
  handler: Page
  mailbox: Mailbox
  axe: (page: Page) => Promise<void>
}

/** Everything that a customer does with a case, from the link in the letter to finding it again by its number. */
export async function wholeStatus({ language, customer, clerk, handler, mailbox, axe }: Actors): Promise<void> {
  const t = speak(language)
  await signInAs(clerk, people.clerk)
  const { number, email, article, link } = await caseOf(clerk, language, mailbox)
  const main = customer.getByRole('main')

  // Nothing personal before the second factor.
  await customer.goto(link)
  await expect(customer.locator('html')).toHaveAttribute('lang', language)
  await expect(customer.getByRole('heading', { name: t('status.link_title', { number }) })).toBeVisible()
  await expect(main).not.toContainText(article)
  await axe(customer)
  await customer.locator('#proof').fill('0000')
  await customer.getByRole('button', { name: t('status.show') }).click()
  await expect(main).toContainText(t('status.not_yours'))
  await expect(customer.locator('#proof')).toHaveValue('0000')
  await customer.locator('#proof').fill(lastDigits)
  await customer.getByRole('button', { name: t('status.show') }).click()
  await expect(customer).toHaveURL(new RegExp(`/status/${number}`))
  await expect(customer.locator('html')).toHaveAttribute('lang', language)
  await expect(customer.getByRole('heading', { level: 1, name: article })).toBeVisible()
  await expect(main).toContainText(t('status_phase.new'))
  await expect(main).toContainText(email)
  await axe(customer)

  // A message, which the case shows to staff without a reload where there is script.
  await signInAs(handler, people.handler, `/cases/${number}`)
  const words = `Tre uker i bruk ${unique()}`
  await customer.locator('#body').fill(words)
  await customer.getByRole('button', { name: t('status.write_send') }).click()
  await expect(main).toContainText(t('status.written'))
  await expect(customer.locator('.status-message-own')).toContainText(words)
  if (!(await handler.locator('html.js').count())) await handler.reload()
  await expect(handler.locator('#messages')).toContainText(words)

  // A question, answered with words that change their language on the way.
  await handler.locator('summary', { hasText: say('nb', 'case.ask') }).first().click()
  const question = `Når begynte det? ${unique()}`
  await handler.locator('#ask-question').fill(question)
  const send = handler.locator('form:has(#ask-question) button[type=submit]')
  await send.click()
  if (await handler.locator('html.js').count()) {
    await expect(handler.getByText(say('nb', 'case.preview_title'))).toBeVisible()
    await send.click()
  }
  await expect(handler.locator('#timeline')).toContainText(say('nb', 'event.asked'))
  await customer.reload()
  await expect(customer.locator('.status-question')).toContainText(question)
  await axe(customer)
  await customer.locator('#body').fill('I forrige uke')
  const other = language === 'pl' ? 'nb' : 'pl'
  await customer.getByRole('button', { name: own[other], exact: true }).click()
  await expect(customer.locator('html')).toHaveAttribute('lang', other)
  await expect(customer.locator('#body')).toHaveValue('I forrige uke')
  await customer.getByRole('button', { name: own[language], exact: true }).click()
  await expect(customer.locator('#body')).toHaveValue('I forrige uke')
  await customer.getByRole('button', { name: t('status.answer_send') }).click()
  await expect(main).toContainText(t('status_phase.in_review'))

  // A receipt that comes later.
  await customer.getByRole('button', { name: t('status.add_pictures') }).click()
  await expect(customer).toHaveURL(/\/u\/[0-9a-f]{32}/)
  await sendFromPhone(customer, language, 'receipt', [photo('receipt', number)])
  await customer.locator('.upload-finish .button').click()
  await customer.getByRole('link', { name: t('upload.to_status') }).click()
  await expect(customer.locator('.status-picture img')).toHaveCount(1)
  const src = (await customer.locator('.status-picture img').getAttribute('src')) ?? ''
  expect((await customer.request.get(src)).ok()).toBe(true)

  // How we reach them: what is wrong stands beside its field, both addresses are told.
  await customer.getByRole('link', { name: t('status.contact_change') }).click()
  await customer.locator('#customer_email').fill('ola(at)kunde')
  await customer.getByRole('button', { name: t('ui.save') }).click()
  await expect(customer.locator('#customer_email')).toHaveAttribute('aria-invalid', 'true')
  await expect(customer.locator('#customer_email')).toHaveValue('ola(at)kunde')
  await axe(customer)
  const fresh = `${unique()}@kunde.example`
  await customer.locator('#customer_email').fill(fresh)
  await customer.getByRole('button', { name: t('ui.save') }).click()
  await expect(main).toContainText(t('status.contact_saved'))
  await expect(main).toContainText(fresh)
  for (const address of [email, fresh]) await mailbox.waitFor(address, new RegExp(number))

  // Taken back, once it was asked whether they mean it.
  await customer.getByRole('link', { name: t('status.withdraw') }).click()
  await axe(customer)
  await customer.getByRole('link', { name: t('status.withdraw_no') }).click()
  await customer.getByRole('link', { name: t('status.withdraw') }).click()
  await customer.getByRole('button', { name: t('status.withdraw_yes') }).click()
  await expect(main).toContainText(t('status_phase.withdrawn'))
  await expect(customer.getByRole('link', { name: t('status.withdraw') })).toHaveCount(0)
  await axe(customer)

  // This browser forgets; the number and the new address open it again.
  await customer.getByRole('button', { name: t('status.leave') }).click()
  await expect(main).toContainText(t('status.left'))
  expect((await customer.request.get(src)).status()).toBe(401)
  await customer.locator('#reference').fill(number.replaceAll('-', ''))
  await customer.locator('#proof').fill(email)
  await customer.locator('#proof').press('Enter')
  await expect(main).toContainText(t('status.no_match'))
  await expect(customer.locator('#reference')).toHaveValue(number.replaceAll('-', ''))
  await axe(customer)
  await customer.locator('#proof').fill(fresh)
  await customer.getByRole('button', { name: t('status.show') }).click()
  await expect(customer.getByRole('heading', { level: 1, name: article })).toBeVisible()
}
