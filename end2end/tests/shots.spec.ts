import { mkdirSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, open, people, phone, ready, signInAs, test } from '../support/test.ts'
import { demoNumbers, filled, signInAsReader, staffPages } from '../support/pages.ts'
import { sendFromPhone, picker } from '../support/phone.ts'
import { pdf, photo } from '../support/photos.ts'
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
      await shoot(page, 'decide-preview')
      await decide.getByRole('button', { name: t('case.decide_send') }).click()
      await expect(page.getByRole('heading', { name: t('case.is_rejected') })).toBeVisible()
      await shoot(page, 'case-rejected')

      // A4 at 96 dots to the inch.
      await page.setViewportSize({ width: 794, height: 1123 })
      await page.emulateMedia({ media: 'print' })
      await open(page, `/cases/${number}`)
      await shoot(page, 'print')
    })
  })
}
