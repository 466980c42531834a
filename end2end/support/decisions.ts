import type { BrowserContextOptions, Page } from '@playwright/test'
import type { Mailbox } from './mailbox.ts'
import { expect, open, people, ready, signInAs } from './test.ts'
import { answer, registerShoes, unique } from './till.ts'
import { speak } from './words.ts'

const t = speak('nb')
const en = speak('en')

/** Above which a second person is asked; empty for never. */
export async function limit(admin: Page, amount: string): Promise<void> {
  await open(admin, '/settings/organisation')
  await admin.getByRole('textbox', { name: en('settings.second_above') }).fill(amount)
  await admin.locator('form', { has: admin.getByRole('textbox', { name: en('settings.second_above') }) }).getByRole('button', { name: en('ui.save') }).click()
  await admin.waitForURL(/done=/)
}

const squeezed = (text: string | false | undefined | null) => (text || '').replace(/\s+/g, ' ').trim()

/** Examined, decided above the limit, confirmed by another, arrived as it was seen, and on the case as a PDF. */
export async function livesThrough(
  page: Page,
  visitor: (options?: BrowserContextOptions) => Promise<Page>,
  mailbox: Mailbox,
  axe: (page: Page) => Promise<void>,
): Promise<void> {
  const viewport = page.viewportSize()
  const email = `${unique()}@kunde.example`
  const admin = await visitor({ locale: 'en-GB', viewport })
  await signInAs(admin, people.admin)
  await limit(admin, '1000')
  try {
    await signInAs(page, people.handler)
    const number = await registerShoes(page, 'nb', { email, price: '1 899', letters: 'Norsk' })
    await mailbox.waitFor(email, new RegExp(number))
    await open(page, `/cases/${number}`)

    // What was found.
    const examination = page.locator('#examination')
    await examination.locator('summary', { hasText: t('case.examine') }).click()
    await examination.getByRole('combobox', { name: t('case.cause') }).selectOption({ label: 'Produksjonsfeil' })
    await examination.getByRole('textbox', { name: t('case.finding') }).fill('Limet har sluppet i hele sålen.')
    await expect(examination.getByRole('textbox', { name: t('case.examiner') })).toHaveValue(people.handler.name)
    await examination.getByRole('textbox', { name: t('case.examiner') }).fill('Verksted Nord')
    await axe(page)
    await shoot(page, 'examination-form')
    await examination.getByRole('button', { name: t('ui.save') }).click()
    await expect(examination.locator('.case-found')).toContainText('Verksted Nord')
    await expect(page.locator('#timeline')).toContainText(t('event.examined'))

    // What the supplier said.
    const supplier = page.locator('#supplier-answer')
    await supplier.locator('summary', { hasText: t('case.supplier_record') }).click()
    await supplier.getByRole('combobox', { name: t('case.supplier_answer') }).selectOption({ label: 'Kreditnota' })
    await supplier.getByRole('textbox', { name: t('case.amount', { currency: 'NOK' }) }).fill('900')
    await supplier.getByRole('button', { name: t('ui.save') }).click()
    await expect(supplier).toContainText(/900,00/)

    // Decided: the letter is seen, changed, seen again.
    const decide = page.locator('#decide')
    await answer(page, t('case.verdict'), t('verdict.approved')).click()
    await decide.getByRole('combobox', { name: t('case.reason') }).selectOption({ label: 'Produksjonsfeil' })
    await decide.getByRole('textbox', { name: t('case.explanation') }).fill('Limet i sålen har sluppet.')
    await decide.getByText(t('case.decide_more')).click()
    await decide.getByRole('combobox', { name: t('case.offer') }).selectOption({ label: 'Nytt produkt tilbake' })
    await decide.getByRole('button', { name: t('case.decide_preview') }).click()
    await expect(decide.getByText(t('case.preview_title'))).toBeVisible()
    await expect(decide).toContainText(t('case.needs_second'))
    const body = decide.getByRole('textbox', { name: t('case.own_body') })
    await expect(body).toHaveValue(/Limet i sålen har sluppet\.[\s\S]*/)
    await expect(body).toHaveValue(/Nytt produkt tilbake/)
    await axe(page)
    await shoot(page, 'decide-preview')
    const own = 'Du får nye sko av oss.\n\nHent dem når du vil <mellom 10 og 18>.'
    await decide.getByRole('textbox', { name: t('case.own_subject') }).fill(`Nye sko, sak ${number}`)
    await body.fill(own)
    const again = decide.getByRole('button', { name: t('case.decide_preview') }).or(decide.getByRole('button', { name: t('case.own_again') }))
    await again.first().click()
    await expect(decide.getByRole('button', { name: t('case.decide_propose') })).toBeVisible()
    await expect(body).toHaveValue(own)
    const seen = await decide.locator('iframe').getAttribute('srcdoc')
    expect(seen).toContain('&lt;mellom 10 og 18&gt;')
    await decide.getByRole('button', { name: t('case.decide_propose') }).click()
    const proposal = page.locator('#proposal')
    await expect(proposal).toContainText(t('case.proposed_own'))
    await expect(proposal.getByRole('button', { name: t('case.confirm_decision') })).toHaveCount(0)
    expect(mailbox.all(email)).toHaveLength(1)
    await axe(page)
    await shoot(page, 'proposed')

    // Another person reads the letter and lets it go.
    await open(admin, `/cases/${number}`)
    const theirs = admin.locator('#proposal')
    await theirs.locator('summary', { hasText: en('case.proposed_letter') }).click()
    await expect(theirs).toContainText('Du får nye sko av oss.')
    await axe(admin)
    await shoot(admin, 'confirm')
    await theirs.getByRole('button', { name: en('case.confirm_decision') }).click()
    await expect(admin.getByRole('heading', { name: en('case.is_approved') })).toBeVisible()
    await expect(admin.locator('#our-decision')).toContainText(people.handler.name)
    await expect(admin.locator('#our-decision')).toContainText(people.admin.name)

    // It arrives exactly as it was seen, but for the secret of its link.
    const letter = await mailbox.waitFor(email, /Nye sko, sak/)
    expect(letter.subject).toBe(`Nye sko, sak ${number}`)
    expect(squeezed(letter.text)).toContain(squeezed(own))
    const unlinked = (html: string | false | undefined | null) => squeezed(html).replaceAll('&#x2f;', '/').replace(/https?:\/\/[^"]*\/s\/[^"]*/g, 'LINK')
    expect(unlinked(letter.html)).toBe(unlinked(seen))
    expect(mailbox.all(email)).toHaveLength(2)

    // And lies on the case as a PDF.
    await admin.reload()
    await ready(admin)
    const pdf = await admin.getByRole('link', { name: en('case.paper_read') }).first().getAttribute('href')
    const made = await admin.request.get(pdf ?? '')
    expect(made.headers()['content-type']).toBe('application/pdf')
    expect((await made.body()).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await (await visitor()).request.get(pdf ?? '', { maxRedirects: 0 })).status()).toBe(401)
    await axe(admin)
    await shoot(admin, 'decided')
  } finally {
    await limit(admin, '')
  }
}


/** Takes a picture where SHOTS names a folder, and finds pages that are wider than the screen in any case. */
export async function shoot(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(overflow, `${name} is wider than the screen by`).toBeLessThanOrEqual(0)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${page.viewportSize()?.width}-${name}.png`, fullPage: true, scale: 'css' })
}
