import type { Locator, Page } from '@playwright/test'
import { expect, open } from './test.ts'
import { say, type Language } from './words.ts'

/** What the form of the type "shoes" asks, as it is written on the screen. */
const asks = {
  en: {
    sold: 'Is it a sold item?', article: 'Article name', ean: 'EAN or article number', brand: 'Brand', size: 'Size',
    description: 'Describe the fault', side: 'Which shoe', place: 'Where is the fault', receipt: 'Receipt number',
    later: 'The receipt comes later', bought: 'Purchase date', price: 'Price paid', name: 'Name', phone: 'Phone',
    email: 'E-mail', language: 'Language of the letters', clean: 'Clean when handed in?',
    yes: 'Yes', no: 'No', left: 'Left', sole: 'Sole', shoes: 'Shoes',
  },
  nb: {
    sold: 'Er varen solgt?', article: 'Varenavn', ean: 'EAN eller varenummer', brand: 'Merke', size: 'Størrelse',
    description: 'Beskriv feilen', side: 'Hvilken sko', place: 'Hvor er feilen', receipt: 'Kvitteringsnummer',
    later: 'Kvitteringen ettersendes', bought: 'Kjøpsdato', price: 'Betalt pris', name: 'Navn', phone: 'Telefon',
    email: 'E-post', language: 'Språk i meldingene', clean: 'Rene ved innlevering?',
    yes: 'Ja', no: 'Nei', left: 'Venstre', sole: 'Såle', shoes: 'Sko',
  },
  pl: {
    sold: 'Czy towar został sprzedany?', article: 'Nazwa towaru', ean: 'EAN lub numer artykułu', brand: 'Marka', size: 'Rozmiar',
    description: 'Opis wady', side: 'Który but', place: 'Miejsce wady', receipt: 'Numer paragonu lub faktury',
    later: 'Dowód zakupu zostanie dosłany', bought: 'Data zakupu', price: 'Zapłacona cena', name: 'Imię i nazwisko', phone: 'Telefon',
    email: 'E-mail', language: 'Język wiadomości', clean: 'Czyste przy przyjęciu?',
    yes: 'Tak', no: 'Nie', left: 'Lewy', sole: 'Podeszwa', shoes: 'Obuwie',
  },
} as const satisfies Record<Language, Record<string, string>>

export const ask = (language: Language) => asks[language]

/** What a clerk types about a pair of shoes. */
export interface Shoes {
  article?: string
  ean?: string
  description?: string
  receipt?: string
  /** As people of the language write it. */
  bought?: string
  price?: string
  name?: string
  phone?: string
  email?: string
  /** Of the letters, named in itself. */
  letters?: string
}

let made = 0
/** Letters that no other test has: for names, receipts and addresses that are to be found again. */
export function unique(): string {
  made += 1
  return `${process.pid.toString(36)}${made.toString(36)}${Math.floor(Math.random() * 46_656).toString(36)}`
}

/** Yesterday, as it is typed in that language. */
export function yesterday(language: Language): string {
  const date = new Date(Date.now() - 86_400_000)
  const two = (n: number) => String(n).padStart(2, '0')
  const [day, month, year] = [two(date.getDate()), two(date.getMonth() + 1), date.getFullYear()]
  return language === 'en' ? `${day}/${month}/${year}` : `${day}.${month}.${year}`
}

/** A text input by its whole name: "Navn" is not "Varenavn". */
export const line = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true })

/** One of the answers that stand below a question. */
export const answer = (page: Page, question: string, words: string): Locator =>
  page.getByRole('group', { name: question, exact: true }).getByText(words, { exact: true })

/** From any page of the staff to the empty form for shoes, by the green button and the type's card. */
export async function beginShoes(page: Page, language: Language): Promise<void> {
  await page.getByRole('link', { name: say(language, 'shell.create_case') }).first().click()
  await expect(page.getByRole('heading', { name: say(language, 'register.which') })).toBeVisible()
  await page.getByRole('link', { name: ask(language).shoes, exact: true }).click()
  await expect(page.getByRole('heading', { name: say(language, 'register.title') })).toBeVisible()
  await expect(line(page, ask(language).article)).toBeVisible()
}

/** Fills in everything that bears a star. */
export async function fillShoes(page: Page, language: Language, shoes: Shoes = {}): Promise<void> {
  const a = ask(language)
  await answer(page, a.sold, a.yes).click()
  await line(page, a.article).fill(shoes.article ?? 'Fjellsko Rondane')
  if (shoes.ean) await line(page, a.ean).fill(shoes.ean)
  await line(page, a.size).fill('42')
  await line(page, a.description).fill(shoes.description ?? 'Sålen løsner foran')
  await answer(page, a.side, a.left).click()
  await answer(page, a.place, a.sole).click()
  await line(page, a.receipt).fill(shoes.receipt ?? '000')
  await line(page, a.bought).fill(shoes.bought ?? yesterday(language))
  if (shoes.price) await line(page, a.price).fill(shoes.price)
  await line(page, a.name).fill(shoes.name ?? 'Ola Nordmann')
  if (shoes.phone) await line(page, a.phone).fill(shoes.phone)
  await line(page, a.email).fill(shoes.email ?? `${unique()}@kunde.example`)
  if (shoes.letters) await answer(page, a.language, shoes.letters).click()
  await answer(page, a.clean, a.yes).click()
}

export const numberOf = (text: string): string => /\d\d-\d{6}-\d/.exec(text)?.[0] ?? ''

/** Saves and waits for the case's page; gives its number. */
export async function save(page: Page, language: Language): Promise<string> {
  await page.getByRole('button', { name: say(language, 'register.save') }).click()
  await page.waitForURL(/\/cases\/\d\d-\d{6}-\d$/)
  const number = numberOf(page.url())
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()
  return number
}

/** A case of shoes from the beginning to its number. */
export async function registerShoes(page: Page, language: Language, shoes: Shoes = {}): Promise<string> {
  await open(page, '/new')
  await page.getByRole('link', { name: ask(language).shoes, exact: true }).click()
  await expect(line(page, ask(language).article)).toBeVisible()
  await fillShoes(page, language, shoes)
  return save(page, language)
}
