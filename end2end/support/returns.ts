import type { Page } from '@playwright/test'
import { expect, type Server } from './test.ts'
import { speak, type Language } from './words.ts'

const t = speak('nb')

/** From a case's page to its return, which is still awaited. */
export async function issue(page: Page, number: string): Promise<void> {
  await page.getByRole('link', { name: t('rma.issue') }).click()
  await expect(page.getByRole('heading', { level: 1, name: t('rma.issue_for', { number }) })).toBeVisible()
  await page.getByText(t('route.store'), { exact: true }).click()
  await page.getByRole('button', { name: t('rma.issue_save') }).click()
  await expect(page).toHaveURL(new RegExp(`/rma/${number}$`))
  await expect(page.getByRole('heading', { level: 1, name: t('rma.one', { number }) })).toBeVisible()
}

/** On the return's own page. */
/** Types as a hand scanner does: all at once, however busy the machine is, with Enter at the end. */
export async function scan(page: Page, text: string): Promise<void> {
  await Promise.all([...text, 'Enter'].flatMap((key) => [page.keyboard.down(key), page.keyboard.up(key)]))
}

export async function takeIn(page: Page, language: Language, condition: string, place: string): Promise<void> {
  const t = speak(language)
  const form = page.locator('#receive')
  await form.getByText(condition, { exact: true }).click()
  await form.getByLabel(t('rma.place')).fill(place)
  await form.getByRole('button', { name: t('rma.receive') }).click()
  await expect(page.getByRole('heading', { name: t('rma.taken_in') })).toBeVisible()
}

/** A report from home that its customer has not confirmed, as the form leaves it. */
export async function reportFromHome(server: Server, number: string, series: number, article: string): Promise<void> {
  const now = Date.now()
  const id = () => crypto.randomUUID()
  const report = id()
  const answers = JSON.stringify({ sold: ['yes'], article_name: [article], description: ['Sålen løsner'], customer_name: ['Ola Nordmann'], customer_email: ['ola@kunde.example'], customer_language: ['nb'] })
  await server.sql(
    `begin; insert into reports (id, token_hash, locale, origin, created_at, updated_at, filed_at, store_id, number, to_address, expires_at, letters)
       select '${report}', '${id()}', 'nb', 'x', ${now}, ${now}, ${now}, id, '${number}', 'ola@kunde.example', ${now + 86_400_000}, 1 from stores where code = 'OSLO';
     insert into report_items (case_id, report_id, position, type_key, form_version, answers, number, seq)
       select '${id()}', '${report}', 1, key, form_version, '${answers}', '${number}', ${series} from complaint_types where key = 'shoes'; commit;`,
  )
}
