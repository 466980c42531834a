import { mkdirSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, open, people, phone, ready, signInAs, test } from '../support/test.ts'
import { demoNumbers, filled, signInAsReader, staffPages } from '../support/pages.ts'
import { sendFromPhone, picker } from '../support/phone.ts'
import { pdf, photo } from '../support/photos.ts'
import { confirmation, fillFault, fillItem, fillReport, home, leave, review, send } from '../support/home.ts'
import { answer, ask, fillShoes, line, registerShoes, unique } from '../support/till.ts'
import { speak, type Language } from '../support/words.ts'

// Pictures of every page for people to look at: SHOTS=folder [SHOTS_LANGUAGE=nb] npx playwright test shots
const folder = process.env.SHOTS ?? ''
test.use({ demoCases: 60 })

const language = (process.env.SHOTS_LANGUAGE ?? 'nb') as Language
const locale = { en: 'en-GB', nb: 'nb-NO', pl: 'pl-PL' }[language]
const t = speak(language)

/** Takes pictures into one folder, and finds pages that are wider than the screen. */
function camera(width: number | undefined, colorScheme: string) {
  const place = `${folder}/${language}-${width}-${colorScheme}`
  mkdirSync(place, { recursive: true })
  return async (page: Page, name: string, { fullPage = true } = {}) => {
    // Pictures that come by and by.
    await page.evaluate(() => Promise.all([...document.images].map((image) => ((image.loading = 'eager'), image.decode().catch(() => {})))))
    // What sticks to the top or the bottom would stand in the middle of a long picture.
    if (fullPage) await page.evaluate(() => window.scrollTo(0, 0))
    await page.screenshot({ path: `${place}/${name}.png`, fullPage, scale: 'css', animations: 'disabled' })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect.soft(overflow, `${name} is wider than the screen by`).toBeLessThanOrEqual(0)
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, locale })

    test('pages of the staff', async ({ page, server, viewport }) => {
      test.setTimeout(240_000)
      const shoot = camera(viewport?.width, colorScheme)
      await open(page, '/sign-in')
      await shoot(page, 'sign-in')
      await signInAsReader(page, server, language)
      const numbers = await demoNumbers(page)
      for (const { name, path } of staffPages) {
        await open(page, filled(path, numbers))
        await shoot(page, name)
      }
      await open(page, '/new/shoes')
      await fillShoes(page, language, { email: 'ola(at)' })
      await line(page, ask(language).article).fill('')
      await page.getByRole('button', { name: t('register.save') }).click()
      await expect(line(page, ask(language).article)).toBeFocused()
      await shoot(page, 'form-errors')
    })

    test('pages without the frame: welcome, tablet, phone', async ({ page, server, visitor, viewport, strict }) => {
      test.setTimeout(120_000)
      strict.allowStatus(404, 422)
      const shoot = camera(viewport?.width, colorScheme)
      const look = { locale, colorScheme, viewport }
      const guest = await visitor(look)
      const invited = await server.cli(['staff', 'add', '--login', `shots-${unique()}`, '--name', 'Nora Ny', '--role', 'clerk', '--store', 'OSLO', '--language', language])
      await open(guest, /http\S+\/welcome\/\S+/.exec(invited)?.[0] ?? '')
      await shoot(guest, 'welcome')
      await open(guest, '/no-such-page')
      await shoot(guest, 'not-found')

      await signInAs(page, people.handler, '/account')
      await page.locator('#tablet-store').selectOption({ label: 'Oslo Storgata' })
      await page.locator('form:has(#tablet-store) button').click()
      await page.waitForURL(/\/tablet$/)
      await ready(page)
      await shoot(page, 'tablet')
      await page.getByRole('link', { name: people.clerk.name }).click()
      await page.locator('#pin').fill('0000')
      await page.locator('#pin').press('Enter')
      await expect(page.getByRole('alert')).toBeVisible()
      await ready(page)
      await shoot(page, 'tablet-wrong-pin')

      const clerk = await visitor(look)
      await signInAs(clerk, people.clerk)
      await registerShoes(clerk, 'nb')
      await clerk.getByRole('link', { name: speak('nb')('upload.phone_button') }).click()
      const link = (await clerk.getByRole('dialog').getByRole('link').first().getAttribute('href')) ?? ''
      // The phone's page is for phones; elsewhere it only has to be usable.
      const mobile = await visitor({ ...(viewport?.width === 390 ? phone : {}), ...look })
      await open(mobile, `${link}?lang=${language}`)
      // A long picture is taken without touch, as on a computer, where there is no camera.
      await shoot(mobile, 'upload', { fullPage: false })
      const mark = unique()
      await sendFromPhone(mobile, language, 'receipt', [photo('receipt', mark)])
      await sendFromPhone(mobile, language, 'damage', [photo('damage', mark)])
      await picker(mobile, language, 'document').setInputFiles(pdf(mark))
      await expect(mobile.locator('.sent-item')).toHaveCount(3)
      await picker(mobile, language, 'item').setInputFiles({ name: 'feriebilde.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') })
      await expect(mobile.getByText(t('refusal.unknown_type'))).toBeVisible()
      await shoot(mobile, 'upload-sent')
      await mobile.locator('.upload-finish .button').click()
      await expect(mobile.getByRole('heading', { name: t('upload.thanks') })).toBeVisible()
      await shoot(mobile, 'upload-thanks')
      await mobile.goto(`/u/0123456789?lang=${language}`)
      await shoot(mobile, 'upload-unknown')
    })

    test('what opens: menu, search, dialogs, viewer, preview; and the case on paper', async ({ page, server, viewport }) => {
      test.setTimeout(120_000)
      const shoot = camera(viewport?.width, colorScheme)
      const screen = { fullPage: false }
      const shown = async (dialog: Locator, name: string) => {
        await expect(dialog).toBeVisible()
        await page.waitForTimeout(300)
        await shoot(page, name, screen)
        await page.keyboard.press('Escape')
        await expect(dialog).toBeHidden()
      }
      await signInAsReader(page, server, language)
      await open(page, '/')
      await page.locator('details.user > summary').click()
      await shoot(page, 'user-menu', screen)
      await page.locator('details.user > summary').click()
      const field = page.getByRole('combobox', { name: t('search.label') })
      await field.fill('ka')
      await expect(page.getByRole('option').first()).toBeVisible()
      await page.keyboard.press('ArrowDown')
      await shoot(page, 'search-answers', screen)

      const number = await registerShoes(page, language, { name: 'Ola Nordmann', price: '1 299,50', receipt: 'K-20311', phone: '912 34 567' })
      const files = page.locator('.case-own-camera')
      await files.locator('summary').click()
      await files.locator('input[type=file]').setInputFiles([photo('damage', number), photo('receipt', number), pdf(number)])
      await expect(page.locator('.case-picture-list > li')).toHaveCount(3)
      await shoot(page, 'case-fresh')
      await page.getByRole('link', { name: t('upload.phone_button') }).click()
      await expect(page.getByRole('dialog').getByRole('img', { name: t('upload.phone_code') })).toBeVisible()
      await shown(page.getByRole('dialog'), 'dialog-phone')
      await page.locator('.case-picture-open:has(img)').first().click()
      await shown(page.getByRole('dialog'), 'viewer')
      await page.getByRole('button', { name: t('case.letter_read') }).first().click()
      await expect(page.getByRole('dialog')).toContainText(number)
      await shown(page.getByRole('dialog'), 'dialog-letter')
      await page.locator('.case-picture-menu > summary').first().click()
      await shoot(page, 'picture-menu', screen)
      await page.locator('.case-picture-menu > summary').first().click()

      const decide = page.locator('#decide')
      await answer(page, t('case.verdict'), t('verdict.rejected')).click()
      const against = (await decide.locator('optgroup').last().locator('option').first().getAttribute('value')) ?? ''
      await decide.getByLabel(t('case.reason')).selectOption(against)
      await decide.getByLabel(t('case.explanation')).fill('Sålen er slitt gjennom, og det er ingen feil ved produksjonen.')
      await decide.getByRole('button', { name: t('case.decide_preview') }).click()
      await expect(decide.getByText(t('case.preview_title'))).toBeVisible()
      // A frame is drawn only where it is seen.
      await decide.locator('iframe').scrollIntoViewIfNeeded()
      await page.waitForTimeout(300)
      await shoot(page, 'decide-preview', screen)
      await decide.getByRole('button', { name: t('case.decide_send') }).click()
      await expect(page.getByRole('heading', { name: t('case.is_rejected') })).toBeVisible()
      await shoot(page, 'case-rejected')

      // A4 at 96 dots to the inch.
      await page.setViewportSize({ width: 794, height: 1123 })
      await page.emulateMedia({ media: 'print' })
      await open(page, `/cases/${number}`)
      await shoot(page, 'print')
    })

    test('pages of customers', async ({ page, visitor, viewport, mailbox, strict }) => {
      test.setTimeout(180_000)
      strict.allowStatus(404, 422)
      const shoot = camera(viewport?.width, colorScheme)
      const a = ask(language)
      await open(page, '/report')
      await shoot(page, 'report-start')
      await open(page, '/report/new?type=shoes')
      await shoot(page, 'report-item')
      await page.getByRole('link', { name: t('report.next'), exact: true }).click()
      await expect(line(page, a.article)).toBeFocused()
      await shoot(page, 'report-item-errors')
      await fillItem(page, language, 'Fjellsko Rondane')
      await leave(page, language, 'step_fault')
      await fillFault(page, language)
      await shoot(page, 'report-fault')
      await page.locator('input[type=file][name="file.damage"]').last().setInputFiles([photo('damage', unique()), photo('item', unique())])
      await page.locator('input[type=file][name="file.receipt"]').last().setInputFiles({ name: 'feriebilde.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') })
      await expect(page.locator('.thumbnails img')).toHaveCount(2)
      await expect(page.getByText(t('refusal.unknown_type'))).toBeVisible()
      await shoot(page, 'report-fault-pictures')
      await page.getByRole('button', { name: t('ui.remove'), exact: true }).click()
      await leave(page, language, 'step_wish')
      for (const summary of await page.locator('.explained > summary').all()) await summary.click()
      await shoot(page, 'report-wish')
      await leave(page, language, 'step_contact')
      await line(page, a.name).fill('Ola Nordmann')
      const email = `${unique()}@kunde.example`
      await line(page, a.email).fill(email)
      await shoot(page, 'report-contact')
      await leave(page, language, 'step_delivery')
      await answer(page, home(language).route, home(language).courier).click()
      await shoot(page, 'report-delivery')
      await answer(page, home(language).route, home(language).bring).click()
      await page.getByRole('group', { name: home(language).store }).getByRole('radio').or(page.getByLabel(home(language).store).locator('option')).first().waitFor({ state: 'attached' })
      await shoot(page, 'report-delivery-store')
      await answer(page, home(language).route, home(language).parcel).click()
      await line(page, home(language).street).fill('Storgata 1')
      await line(page, home(language).postcode).fill('0155')
      await line(page, home(language).city).fill('Oslo')
      await review(page, language)
      await expect(page.getByRole('heading', { name: t('report.review_title') })).toBeVisible()
      await shoot(page, 'report-review')
      const token = new URL(page.url()).pathname.split('/')[2]
      await open(page, '/report')
      await shoot(page, 'report-start-unfinished')
      await open(page, `/report/${token}/add`)
      await shoot(page, 'report-add')
      await page.getByRole('link', { name: a.shoes, exact: true }).click()
      await ready(page)
      await fillItem(page, language, 'Joggesko')
      await shoot(page, 'report-second')
      await leave(page, language, 'step_fault')
      await fillFault(page, language)
      await leave(page, language, 'step_wish')
      await review(page, language)
      await expect(page.locator('.review-card .review-article')).toHaveCount(2)
      await shoot(page, 'report-review-two')
      await send(page, language)
      await shoot(page, 'report-sent')
      await page.goto(await confirmation(mailbox, email))
      await shoot(page, 'confirm')
      await page.getByRole('button', { name: t('report.confirm') }).click()
      await expect(page.getByRole('heading', { name: t('report.thanks') })).toBeVisible()
      await shoot(page, 'confirm-done')
      await page.goto('/confirm/0123456789')
      await shoot(page, 'confirm-unknown')

      const plain = await visitor({ locale, colorScheme, viewport, javaScriptEnabled: false })
      await plain.goto('/report/new?type=shoes')
      await fillReport(plain, language, { email: 'ola(at)kunde' })
      await review(plain, language)
      await expect(plain.getByText(t('fault.not_an_email')).first()).toBeVisible()
      await plain.screenshot({ path: `${folder}/${language}-${viewport?.width}-${colorScheme}/report-noscript.png`, fullPage: true, scale: 'css' })
    })
  })
}
