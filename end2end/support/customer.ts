import type { Page } from '@playwright/test'
import { expect, links, people, ready, signInAs, type Server } from './test.ts'
import { confirmation, fillToReview, send } from './home.ts'
import { takeIn } from './returns.ts'
import { say, speak, type Language } from './words.ts'
import type { Mailbox } from './mailbox.ts'

interface Actors {
  language: Language
  customer: Page
  staff: Page
  server: Server
  mailbox: Mailbox
  axe: (page: Page) => Promise<void>
}

const digits = '4567'

/** A day in the near future, as it is typed in that language. */
function inDays(days: number, language: Language): string {
  const date = new Date(Date.now() + days * 86_400_000)
  const two = (n: number) => String(n).padStart(2, '0')
  const [day, month, year] = [two(date.getDate()), two(date.getMonth() + 1), date.getFullYear()]
  return language === 'en' ? `${day}/${month}/${year}` : `${day}.${month}.${year}`
}

/** What a link gives to whoever may have it: its bytes as text, and its type. */
async function document(page: Page, address: string): Promise<{ type: string; text: string }> {
  const answer = await page.request.get(address)
  expect(answer.status(), address).toBe(200)
  return { type: answer.headers()['content-type'] ?? '', text: (await answer.body()).toString('latin1') }
}

/**
 * The whole way of a complaint that is filed from home: form, letter and its link, protocol, courier, label, the parcel's
 * arrival by scan, decision, and the status page beside all of it.
 */
export async function wholeWay({ language, customer, staff, server, mailbox, axe }: Actors): Promise<void> {
  const t = speak(language)

  // The form, with a courier to the door.
  const { article, email } = await fillToReview(customer, language, { phone: '912 34 567', courier: inDays(2, language) })
  const main = customer.getByRole('main')
  await expect(main).toContainText('08:00–12:00')
  await axe(customer)
  const number = await send(customer, language)

  // Nobody sees it before its link is used.
  await signInAs(staff, people.admin, '/cases?list=new')
  await expect(staff.getByRole('main')).not.toContainText(article)
  await customer.goto(await confirmation(mailbox, email))
  await axe(customer)
  await customer.getByRole('button', { name: t('report.confirm') }).click()
  await expect(customer.locator('.numbers-large')).toHaveText(number)

  // "Received" with the protocol, and the way to the status page.
  const received = await mailbox.waitFor(email, /\/s\//)
  const protocol = received.attachments.find(({ filename }) => filename === `protocol-${number}.pdf`)
  expect(protocol?.content.subarray(0, 5).toString()).toBe('%PDF-')
  // The courier is asked by letter to the store that takes parcels, and the customer told with the label.
  await mailbox.waitFor('bergen@example.com', new RegExp(`${number}[\\s\\S]*08:00`), 20_000)
  const told = await mailbox.waitFor(email, /08:00/, 20_000)
  expect(told.attachments.map(({ filename }) => filename).sort()).toEqual([`label-${number}.pdf`, `packing-slip-${number}.pdf`])

  // The status page: the second factor, the documents, the label.
  await customer.goto(links(received).find((link) => link.includes('/s/')) ?? '')
  await customer.locator('#proof').fill(digits)
  await customer.getByRole('button', { name: t('status.show') }).click()
  await expect(customer.getByRole('heading', { level: 1, name: article })).toBeVisible()
  await expect(main).toContainText(t('status_phase.new'))
  for (const kind of ['protocol', 'label', 'packing-slip']) {
    const made = await document(customer, `/status/${number}/documents/${kind}`)
    expect(made.type).toBe('application/pdf')
    expect(made.text.startsWith('%PDF-')).toBe(true)
    // Tagged: a screen reader can read it.
    expect(made.text).toContain('/StructTreeRoot')
  }
  const zpl = await document(staff, `/cases/${number}/documents/label-zpl`)
  expect(zpl.text).toMatch(/^\^XA[\s\S]*\^XZ\s*$/)
  expect((await staff.request.get(`/status/${number}/documents/protocol`)).status()).toBe(401)

  // The parcel comes: scanned, taken in, decided.
  await staff.goto(`/scan?text=${encodeURIComponent(`${server.url}/r/${number}`)}`)
  await expect(staff).toHaveURL(new RegExp(`/rma/${number}`))
  await ready(staff)
  await takeIn(staff, 'en', say('en', 'condition.as_described'), 'Hylle 4')
  await mailbox.waitFor(email, new RegExp(`${number}[\\s\\S]*`))
  // The courier who is not needed any more is called off beside it: a decision on the page from before would be a conflict.
  await expect(async () => {
    await staff.goto(`/cases/${number}`)
    await expect(staff.locator('#timeline')).toContainText(say('en', 'template.pick_up_cancelled'), { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await ready(staff)
  await expect(staff.getByRole('main')).toContainText('Hylle 4')
  const decide = staff.locator('#decide')
  await decide.getByText(say('en', 'verdict.rejected'), { exact: true }).click()
  await decide.getByLabel(say('en', 'case.reason')).selectOption({ label: 'Normal wear' })
  await decide.getByLabel(say('en', 'case.explanation')).fill('Vanlig slitasje på sålen.')
  await decide.getByRole('button', { name: say('en', 'case.decide_preview') }).click()
  await expect(decide.getByText(say('en', 'case.preview_title'))).toBeVisible()
  await decide.getByRole('button', { name: say('en', 'case.decide_send') }).click()
  await expect(staff.locator('#timeline')).toContainText(say('en', 'verdict.rejected'))

  // The customer reads it, with the reason and the way to complain further, also on paper.
  await customer.reload()
  await expect(main).toContainText('Vanlig slitasje på sålen.')
  await axe(customer)
  expect((await document(customer, `/status/${number}/documents/decision`)).type).toBe('application/pdf')
}
