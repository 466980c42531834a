import { expect, open, people, ready, signIn, signInAs, test } from '../support/test.ts'
import { registerShoes, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('en')
const nb = speak('nb')

test('a new store, and somebody invited who works there', async ({ page, visitor, axe }) => {
  const mark = unique()
  await signInAs(page, people.admin, '/settings')
  await page.getByRole('main').getByRole('link', { name: new RegExp(`^${t('settings.stores')}`) }).first().click()
  await page.getByRole('link', { name: t('settings.new_store') }).click()
  await page.locator('#edit').getByLabel(t('settings.name'), { exact: false }).first().fill(`Trondheim ${mark}`)
  await page.locator('#edit').getByLabel(t('settings.code')).fill('OSLO')
  await axe(page)
  await page.locator('#edit').getByRole('button', { name: t('ui.save') }).click()
  // A code that is taken comes back beside its field, with everything typed.
  await expect(page.locator('#edit').getByLabel(t('settings.code'))).toHaveAttribute('aria-invalid', 'true')
  await expect(page.locator('#edit').getByLabel(t('settings.name'), { exact: false }).first()).toHaveValue(`Trondheim ${mark}`)
  await page.locator('#edit').getByLabel(t('settings.code')).fill(`T${mark.slice(-6)}`)
  await page.locator('#edit').getByRole('button', { name: t('ui.save') }).click()
  await expect(page.getByText(t('settings.saved'), { exact: true })).toBeVisible()
  await expect(page.getByRole('main').getByText(`Trondheim ${mark}`)).toBeVisible()

  await page.getByRole('navigation', { name: t('settings.title') }).getByRole('link', { name: t('settings.staff') }).click()
  await page.getByRole('link', { name: t('settings.new_staff') }).click()
  const form = page.locator('#edit')
  await form.locator('#name').fill(`Nils Ny ${mark}`)
  await form.locator('#login').fill(`nils.${mark}`)
  await form.locator('#locale').selectOption('nb')
  await form.getByText(`Trondheim ${mark}`).click()
  await axe(page)
  await form.getByRole('button', { name: t('ui.save') }).click()
  const row = page.getByRole('listitem').filter({ hasText: `Nils Ny ${mark}` })
  await expect(row).toContainText(t('settings.no_password'))
  await row.getByRole('button', { name: t('settings.invite') }).click()
  const link = await page.getByLabel(t('settings.invitation_link')).inputValue()
  await axe(page)
  // Shown once.
  await page.reload()
  await expect(page.getByLabel(t('settings.invitation_link'))).toHaveCount(0)

  const nils = await visitor({ locale: 'nb-NO' })
  await open(nils, link)
  await nils.getByLabel(nb('welcome.password')).fill('short')
  await nils.getByRole('button', { name: nb('welcome.submit') }).click()
  await expect(nils).toHaveURL(/\/welcome\//)
  await nils.getByLabel(nb('welcome.password')).fill('a-new-clerks-password')
  await nils.getByRole('button', { name: nb('welcome.submit') }).click()
  await expect(nils.getByRole('link', { name: nb('shell.create_case') }).first()).toBeVisible()
  await open(nils, '/account')
  await expect(nils.getByRole('main')).toContainText(`Trondheim ${mark}`)
  const again = await visitor({ locale: 'nb-NO' })
  await signIn(again, `nils.${mark}`, 'a-new-clerks-password')
  await expect(again.getByRole('link', { name: nb('shell.create_case') }).first()).toBeVisible()
})

test('a type’s handler gets its cases', async ({ page, visitor }) => {
  await signInAs(page, people.admin, '/settings/types?edit=shoes')
  await page.locator('#handler').selectOption({ label: people.handler.name })
  await page.locator('#edit').getByRole('button', { name: t('ui.save') }).click()
  await expect(page.getByText(t('settings.saved'), { exact: true })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Shoes' })).toContainText(people.handler.name)
  const clerk = await visitor({ locale: 'nb-NO' })
  await signInAs(clerk, people.clerk)
  await registerShoes(clerk, 'nb')
  await expect(clerk.locator('.case-facts')).toContainText(people.handler.name)
  await open(page, '/settings/types?edit=shoes')
  await page.locator('#handler').selectOption('')
  await page.locator('#edit').getByRole('button', { name: t('ui.save') }).click()
})

test('the outbox shows each letter; one that failed says why and is sent again', async ({ page, visitor, mailbox, axe }) => {
  const email = `full.${unique()}@kunde.example`
  mailbox.refuse(email, '550 Mailbox is closed')
  const clerk = await visitor({ locale: 'nb-NO' })
  await signInAs(clerk, people.clerk)
  const number = await registerShoes(clerk, 'nb', { email })
  // A warning on the case, with the server's own words.
  await expect(clerk.getByText('Mailbox is closed')).toBeVisible({ timeout: 15_000 })
  await expect(clerk.getByText(nb('letter_state.failed')).first()).toBeVisible()

  await signInAs(page, people.admin, '/settings/outbox')
  const line = page.getByRole('listitem').filter({ hasText: number })
  await expect(line).toContainText('Mailbox is closed')
  await line.getByRole('link').first().click()
  await expect(line.or(page.locator('#letter')).first()).toContainText(number)
  await axe(page)
  mailbox.accept(email)
  await page.getByRole('listitem').filter({ hasText: number }).getByRole('button', { name: t('settings.send_again') }).click()
  const letter = await mailbox.waitFor(email, new RegExp(number))
  expect(letter.messageId).toBeTruthy()
  await expect(clerk.getByText(nb('letter_state.sent')).first()).toBeVisible({ timeout: 15_000 })
})

test('only an admin gets in', async ({ page, strict }) => {
  strict.allowStatus(403)
  await signInAs(page, people.handler)
  await expect(page.locator('a[href="/settings"]')).toHaveCount(0)
  for (const path of ['/settings', '/settings/staff', '/settings/outbox']) {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(403)
    await ready(page)
    await expect(page.getByText(nb('ui.error_forbidden'))).toBeVisible()
  }
})
