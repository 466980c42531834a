import { mkdirSync } from 'node:fs'
import { expect, open, test } from '../support/test.ts'
import { demoNumbers, filled, signInAsReader, staffPages } from '../support/pages.ts'
import { ask, fillShoes, line } from '../support/till.ts'
import { say, type Language } from '../support/words.ts'

// Pictures of every page for people to look at: SHOTS=folder [SHOTS_LANGUAGE=nb] npx playwright test shots
const folder = process.env.SHOTS ?? ''
test.skip(!folder, 'pictures are made on request: SHOTS=folder')
test.use({ demoCases: 60 })

const language = (process.env.SHOTS_LANGUAGE ?? 'nb') as Language
const locale = { en: 'en-GB', nb: 'nb-NO', pl: 'pl-PL' }[language]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, locale })

    test('pages of the staff', async ({ page, server, viewport }) => {
      test.setTimeout(240_000)
      const place = `${folder}/${language}-${viewport?.width}-${colorScheme}`
      mkdirSync(place, { recursive: true })
      const shoot = (name: string) => page.screenshot({ path: `${place}/${name}.png`, fullPage: true, scale: 'css' })
      await open(page, '/sign-in')
      await shoot('sign-in')
      await signInAsReader(page, server, language)
      const numbers = await demoNumbers(page)
      for (const { name, path } of staffPages) {
        await open(page, filled(path, numbers))
        await page.waitForLoadState('networkidle').catch(() => {})
        await shoot(name)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect.soft(overflow, `${name} is wider than the screen by`).toBeLessThanOrEqual(0)
      }
      await open(page, '/new/shoes')
      await fillShoes(page, language, { email: 'ola(at)' })
      await line(page, ask(language).article).fill('')
      await page.getByRole('button', { name: say(language, 'register.save') }).click()
      await expect(line(page, ask(language).article)).toBeFocused()
      await shoot('form-errors')
    })
  })
}

