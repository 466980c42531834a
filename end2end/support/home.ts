import type { Locator, Page } from '@playwright/test'
import { expect, links, ready } from './test.ts'
import { answer, ask, line, unique, yesterday } from './till.ts'
import { say, type Language } from './words.ts'
import type { Mailbox } from './mailbox.ts'

/** What is asked of somebody at home beside what the till asks. */
const asks = {
  en: { route: 'How do the goods get to us?', bring: 'I bring it to a store', parcel: 'I send a parcel', courier: 'A courier collects it', store: 'Which store', street: 'Street', postcode: 'Postcode', city: 'Town', day: 'Day of the pick-up', time: 'Time of the pick-up', medium: 'How do we reach you?' },
  nb: { route: 'Hvordan kommer varen til oss?', bring: 'Jeg leverer i butikk', parcel: 'Jeg sender en pakke', courier: 'Hentes av bud', store: 'Hvilken butikk', street: 'Gateadresse', postcode: 'Postnummer', city: 'Poststed', day: 'Hentedag', time: 'Tidspunkt for henting', medium: 'Hvordan når vi deg?' },
  pl: { route: 'Jak towar do nas trafi?', bring: 'Przyniosę do sklepu', parcel: 'Wyślę paczkę', courier: 'Odbierze kurier', store: 'Który sklep', street: 'Ulica i numer', postcode: 'Kod pocztowy', city: 'Miejscowość', day: 'Dzień odbioru', time: 'Godziny odbioru', medium: 'Jak się z Tobą kontaktować?' },
} as const satisfies Record<Language, Record<string, string>>

export const home = (language: Language) => asks[language]

export const browserOf: Record<Language, string> = { en: 'en-GB', nb: 'nb-NO', pl: 'pl-PL' }

/** What a customer says about a pair of shoes. */
export interface Report {
  article?: string
  email?: string
  name?: string
  phone?: string
  /** Reached by SMS at that phone, and by no e-mail, where a gateway is configured. */
  sms?: boolean
  /** The day that a courier is asked for, as it is typed; without it the customer sends a parcel. */
  courier?: string
}

/** The steps as they follow each other; `leave` goes on from one to the next, if there are steps. */
export async function fillReport(page: Page, language: Language, report: Report = {}): Promise<{ article: string; email: string }> {
  const a = ask(language)
  const h = home(language)
  const article = report.article ?? `Fjellsko ${unique()}`
  const email = report.email ?? `${unique()}@kunde.example`
  await fillItem(page, language, article)
  await leave(page, language, 'step_fault')
  await fillFault(page, language)
  await leave(page, language, 'step_wish')
  await leave(page, language, 'step_contact')
  await line(page, a.name).fill(report.name ?? 'Ola Nordmann')
  if (report.sms) await answer(page, h.medium, 'SMS').click()
  else await line(page, a.email).fill(email)
  if (report.phone) await line(page, a.phone).fill(report.phone)
  await leave(page, language, 'step_delivery')
  await answer(page, h.route, report.courier ? h.courier : h.parcel).click()
  await line(page, h.street).fill('Storgata 1')
  await line(page, h.postcode).fill('0155')
  await line(page, h.city).fill('Oslo')
  if (report.courier) {
    await line(page, h.day).fill(report.courier)
    await answer(page, h.time, '08:00–12:00').click()
  }
  return { article, email }
}

export async function fillItem(page: Page, language: Language, article: string): Promise<void> {
  const a = ask(language)
  await line(page, a.article).fill(article)
  await line(page, a.size).fill('42')
  await line(page, a.receipt).fill('000')
  await line(page, a.bought).fill(yesterday(language))
}

export async function fillFault(page: Page, language: Language): Promise<void> {
  const a = ask(language)
  await line(page, a.description).fill('Sålen løsner foran')
  await answer(page, a.side, a.left).click()
  await answer(page, a.place, a.sole).click()
}

export const step = (page: Page, language: Language, key: string): Locator => page.getByRole('heading', { level: 2, name: say(language, `report.${key}`) })

/** On to the next step, which then has the focus; without script there is one page. */
export async function leave(page: Page, language: Language, next: string): Promise<void> {
  const on = page.getByRole('link', { name: say(language, 'report.next'), exact: true })
  if ((await on.count()) === 0 || !(await on.first().isVisible())) return
  await on.click()
  await expect(step(page, language, next)).toBeFocused()
}

export const review = (page: Page, language: Language): Promise<void> =>
  page.getByRole('main').getByRole('button', { name: say(language, 'report.review'), exact: true }).click()

/** From the look over it all to the page that asks for the mail, or for the SMS. */
export async function send(page: Page, language: Language, title: 'sent_title' | 'sent_title_sms' = 'sent_title'): Promise<string> {
  await expect(page.getByRole('heading', { name: say(language, 'report.review_title') })).toBeVisible()
  // Nobody reads it all as fast as a test does.
  await page.waitForTimeout(3_000)
  await page.getByRole('button', { name: say(language, 'report.send') }).click()
  await expect(page.getByRole('heading', { name: say(language, `report.${title}`) })).toBeVisible()
  return (await page.locator('.numbers-large').textContent()) ?? ''
}

/** What the letter's link opens. */
export async function confirmation(mailbox: Mailbox, email: string): Promise<string> {
  const letter = await mailbox.waitFor(email, /\/confirm\//)
  return links(letter).find((link) => link.includes('/confirm/')) ?? ''
}

/** A report of one pair of shoes, from the type to the look over it all. */
export async function fillToReview(page: Page, language: Language, report: Report = {}): Promise<{ article: string; email: string }> {
  await page.goto('/report/new?type=shoes')
  await ready(page)
  const filled = await fillReport(page, language, report)
  await review(page, language)
  await expect(page.getByRole('heading', { name: say(language, 'report.review_title') })).toBeVisible()
  return filled
}
