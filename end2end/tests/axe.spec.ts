import { expect, open, test } from '../support/test.ts'
import { demoNumbers, filled, signInAsReader, staffPages } from '../support/pages.ts'
import { confirmation, fillFault, fillItem, home, leave, review, send } from '../support/home.ts'
import { answer, ask, fillShoes, line, registerShoes, unique } from '../support/till.ts'
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

    test('pages of customers, in every state', async ({ page, axe, mailbox, strict }) => {
      test.setTimeout(120_000)
      strict.allowStatus(404, 422)
      const a = ask('en')
      const h = home('en')
      await open(page, '/report')
      await axe(page)
      await open(page, '/report/new?type=shoes')
      await page.getByRole('link', { name: t('report.next'), exact: true }).click()
      await expect(line(page, a.article)).toBeFocused()
      await axe(page)
      await fillItem(page, 'en', 'Boots')
      await leave(page, 'en', 'step_fault')
      await fillFault(page, 'en')
      await page.locator('input[type=file][name="file.damage"]').last().setInputFiles([photo('damage', unique()), { name: 'no.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') }])
      await expect(page.locator('.thumbnails img')).toHaveCount(1)
      await expect(page.getByText(t('refusal.unknown_type'))).toBeVisible()
      await axe(page)
      await page.getByRole('button', { name: t('ui.remove'), exact: true }).click()
      await leave(page, 'en', 'step_wish')
      for (const summary of await page.locator('.explained > summary').all()) await summary.click()
      await axe(page)
      await leave(page, 'en', 'step_contact')
      const email = `${unique()}@kunde.example`
      await line(page, a.name).fill('Ola Nordmann')
      await line(page, a.email).fill(email)
      await axe(page)
      await leave(page, 'en', 'step_delivery')
      await answer(page, h.route, h.courier).click()
      await axe(page)
      await answer(page, h.route, h.parcel).click()
      for (const [field, value] of [[h.street, 'Storgata 1'], [h.postcode, '0155'], [h.city, 'Oslo']] as const) await line(page, field).fill(value)
      await review(page, 'en')
      await expect(page.getByRole('heading', { name: t('report.review_title') })).toBeVisible()
      await axe(page)
      const token = new URL(page.url()).pathname.split('/')[2]
      for (const path of ['/report', `/report/${token}/add`, `/report/${token}?type=shoes&embed=1`]) {
        await open(page, path)
        await axe(page)
      }
      await page.goto(`/report/${token}/review`)
      await send(page, 'en')
      await axe(page)
      await page.goto(await confirmation(mailbox, email))
      await axe(page)
      await page.getByRole('button', { name: t('report.confirm') }).click()
      await expect(page.getByRole('heading', { name: t('report.thanks') })).toBeVisible()
      await axe(page)
      await page.goto('/report/0123456789')
      await axe(page)
    })
  })
}
