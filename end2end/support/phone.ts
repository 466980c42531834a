import type { Locator, Page } from '@playwright/test'
import { expect, ready } from './test.ts'
import type { Photo } from './photos.ts'
import { say, type Language } from './words.ts'

type Kind = 'receipt' | 'damage' | 'item' | 'label' | 'document'

/** The form of one kind of picture on the phone's page. */
export const choice = (page: Page, language: Language, kind: Kind): Locator =>
  page.locator('form', { has: page.getByRole('heading', { name: say(language, `kind.${kind}`), exact: true }) })

/** The input behind "Choose", which takes several. */
export const picker = (page: Page, language: Language, kind: Kind): Locator =>
  choice(page, language, kind).locator('input[type=file][multiple]')

/** What has arrived, as the phone's page shows it. */
export const arrived = (page: Page): Locator => page.locator('.sent-item img[src*="/files/"]')

/** Chooses from the library and waits until all of it has arrived; without script by the button "Send". */
export async function sendFromPhone(page: Page, language: Language, kind: Kind, photos: Photo[]): Promise<void> {
  await ready(page)
  const before = await arrived(page).count()
  await picker(page, language, kind).setInputFiles(photos)
  const button = choice(page, language, kind).getByRole('button', { name: say(language, 'upload.send') })
  if (await button.isVisible()) await button.click()
  await expect(arrived(page)).toHaveCount(before + photos.length, { timeout: 15_000 })
}
