import { expect, open, test } from '../support/test.ts'
import { demoNumbers, filled, signInAsReader, staffPages } from '../support/pages.ts'
import { ask, fillShoes, line, registerShoes } from '../support/till.ts'
import { photo } from '../support/photos.ts'
import { speak } from '../support/words.ts'

const t = speak('en')
test.use({ demoCases: 60 })

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('every page of the staff', async ({ page, server, axe }) => {
      test.setTimeout(180_000)
      await signInAsReader(page, server, 'en')
      const numbers = await demoNumbers(page)
      for (const { path } of staffPages) {
        await open(page, filled(path, numbers))
        await axe(page)
      }
    })

    test('pages without the staff’s frame', async ({ page, server, axe, strict }) => {
      strict.allowStatus(404, 410)
      await open(page, '/sign-in')
      await axe(page)
      await page.getByLabel(t('sign_in.login')).fill('nobody')
      await page.getByLabel(t('sign_in.password')).fill('wrong-password')
      await page.getByRole('button', { name: t('sign_in.submit') }).click()
      await expect(page.getByRole('alert')).toBeVisible()
      await axe(page)
      const invited = await server.cli(['staff', 'add', '--login', `axe-${colorScheme}-${Date.now()}`, '--name', 'Axe', '--role', 'clerk', '--store', 'OSLO', '--language', 'en'])
      const link = /http\S+\/welcome\/\S+/.exec(invited)?.[0] ?? ''
      await open(page, link)
      await expect(page.getByLabel(t('welcome.password'))).toBeVisible()
      await axe(page)
      await open(page, '/welcome/0123456789')
      await expect(page.getByText(t('welcome.used'))).toBeVisible()
      await axe(page)
      await open(page, '/u/0123456789')
      await axe(page)
    })

    test('what opens: menus, answers of the search, dialogs, errors', async ({ page, server, axe }) => {
      test.setTimeout(120_000)
      await signInAsReader(page, server, 'en')
      await open(page, '/')
      await page.locator('header summary').first().click()
      await axe(page)

      await open(page, '/')
      const field = page.getByRole('combobox', { name: t('search.label') })
      await field.fill('a')
      await expect(page.getByRole('option').first()).toBeVisible()
      await page.keyboard.press('ArrowDown')
      await axe(page)
      await field.fill('26-000001-9')
      await expect(page.getByText(t('search.wrong_check_digit')).or(page.getByRole('option')).first()).toBeVisible()

      await open(page, '/new/shoes')
      await page.getByRole('button', { name: t('register.save') }).click()
      await expect(page.getByText(t('fault.missing')).first()).toBeVisible()
      await axe(page)
      await fillShoes(page, 'en', { article: '' })
      await expect(line(page, ask('en').article)).toHaveAttribute('aria-invalid', 'true')

      const number = await registerShoes(page, 'en')
      await page.locator('input[type=file]').first().setInputFiles(photo('damage', `axe-${colorScheme}-${Date.now()}`)).catch(() => {})
      await page.getByRole('button', { name: t('case.letter_read') }).first().click()
      await expect(page.getByRole('dialog')).toContainText(number)
      await axe(page)
      await page.keyboard.press('Escape')

      for (const summary of await page.locator('details.case-step > summary').all()) await summary.click()
      await page.getByLabel(t('verdict.rejected')).locator('..').click()
      await page.getByLabel(t('case.reason'), { exact: true }).selectOption({ index: 1 }).catch(() => {})
      await axe(page)
    })
  })
}

