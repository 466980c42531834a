import type { Page } from '@playwright/test'
import { open, people, signInAs, type Server } from './test.ts'
import { numberOf } from './till.ts'

/** A page of the staff by its address; `{case}`, `{approved}`, `{settled}` stand for numbers of the demo's cases. */
export const staffPages: { name: string; path: string }[] = [
  { name: 'today', path: '/?whose=all' },
  { name: 'new-cases', path: '/cases?list=new' },
  { name: 'active-cases', path: '/cases?list=active' },
  { name: 'filtered-cases', path: '/cases?list=active&type=shoes&sort=due' },
  { name: 'no-case-fits', path: '/cases?list=active&words=zzzz-nothing' },
  { name: 'chosen-columns', path: '/cases?list=active&columns=article.customer.phase.handler.updated.receipt.brand.supplier.price' },
  { name: 'decided-columns', path: '/cases?list=active&sort=waiting&columns=article.decision.cause.outcome.waiting.since' },
  { name: 'runs', path: '/bulk' },
  { name: 'archive', path: '/archive' },
  { name: 'search', path: '/search?q=andersen' },
  { name: 'search-nothing', path: '/search?q=zzzz-nothing' },
  { name: 'case-new', path: '/cases/{new}' },
  { name: 'case-approved', path: '/cases/{approved}' },
  { name: 'case-settled', path: '/cases/{settled}' },
  { name: 'case-edit', path: '/cases/{new}/edit' },
  { name: 'papers', path: '/papers' },
  { name: 'returns', path: '/rma' },
  { name: 'returns-received', path: '/rma?list=received' },
  { name: 'scan', path: '/scan' },
  { name: 'scan-nothing', path: '/scan?text=zzzz-nothing' },
  { name: 'rma-new', path: '/rma/new?case={new}' },
  { name: 'statistics', path: '/statistics' },
  { name: 'statistics-list', path: '/cases?list=all&verdict=approved' },
  { name: 'types', path: '/new' },
  { name: 'form-shoes', path: '/new/shoes' },
  { name: 'account', path: '/account' },
  { name: 'settings', path: '/settings' },
  ...['organisation', 'stores', 'staff', 'types', 'rules', 'lists', 'customers', 'carrier', 'law', 'outbox'].map((section) => ({ name: `settings-${section}`, path: `/settings/${section}` })),
  { name: 'settings-store-new', path: '/settings/stores?edit=new' },
  { name: 'settings-staff-new', path: '/settings/staff?edit=new' },
  { name: 'settings-type-edit', path: '/settings/types?edit=shoes' },
]

/** Numbers of demo cases in the phases that the pages above want. */
export async function demoNumbers(page: Page): Promise<Record<string, string>> {
  const numbers: Record<string, string> = {}
  for (const [name, path] of [['new', '/cases?list=new'], ['approved', '/cases?list=active&phase=approved'], ['settled', '/cases?list=active&phase=settled']] as const) {
    await open(page, path)
    let number = numberOf((await page.getByRole('main').locator('tbody tr').first().textContent({ timeout: 3_000 }).catch(() => '')) ?? '')
    if (!number) {
      await open(page, '/archive')
      number = numberOf((await page.getByRole('main').locator('tbody tr').first().textContent()) ?? '')
    }
    numbers[name] = number
  }
  return numbers
}

export const filled = (path: string, numbers: Record<string, string>): string => path.replace(/\{(\w+)\}/, (_, name: string) => numbers[name] ?? '')

let counter = 0
/** Somebody with the right to everything who reads that language. */
export async function readerOf(server: Server, language: 'en' | 'nb' | 'pl') {
  counter += 1
  const person = { ...people.admin, login: `reader-${language}-${counter}`, name: 'Ruth Reader', language, password: 'reads-everything-1' }
  await server.addStaff(person)
  return person as unknown as typeof people.admin
}

export async function signInAsReader(page: Page, server: Server, language: 'en' | 'nb' | 'pl'): Promise<void> {
  await signInAs(page, await readerOf(server, language))
}
