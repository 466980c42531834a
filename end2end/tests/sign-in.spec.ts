import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { say } from '../support/words.ts'
import { unique } from '../support/till.ts'

test.use({ locale: 'nb-NO' })

test('a wrong password keeps the login and does not tell which half was wrong', async ({ page, strict }) => {
  strict.allowStatus(422, 401, 400)
  const messages: string[] = []
  for (const login of [people.clerk.login, `nobody-${unique()}`]) {
    await open(page, '/sign-in')
    await page.getByLabel(say('nb', 'sign_in.login')).fill(login)
    await page.getByLabel(say('nb', 'sign_in.password')).fill('not-the-password')
    await page.getByRole('button', { name: say('nb', 'sign_in.submit') }).click()
    const notice = page.getByRole('alert')
    await expect(notice).toContainText(say('nb', 'sign_in.wrong'))
    await expect(page.getByLabel(say('nb', 'sign_in.login'))).toHaveValue(login)
    await expect(page.getByLabel(say('nb', 'sign_in.password'))).toHaveValue('')
    messages.push((await notice.textContent()) ?? '')
  }
  expect(messages[0]).toBe(messages[1])
})

test('who fails again and again has to wait, and is told how long', async ({ page }) => {
  const login = `guess-${unique()}`
  const wait = /(ett sekund|\d+ sekunder|ett minutt|\d+ minutter)/
  await expect(async () => {
    await open(page, '/sign-in')
    await page.getByLabel(say('nb', 'sign_in.login')).fill(login)
    await page.getByLabel(say('nb', 'sign_in.password')).fill('guessing-it')
    await page.getByRole('button', { name: say('nb', 'sign_in.submit') }).click()
    await expect(page.getByRole('alert')).toHaveText(wait, { timeout: 1_000 })
  }).toPass({ timeout: 30_000, intervals: [10] })
})

test('leads back to the page that was asked for', async ({ page }) => {
  await open(page, '/archive')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Farchive$/)
  await page.getByLabel(say('nb', 'sign_in.login')).fill(people.clerk.login)
  await page.getByLabel(say('nb', 'sign_in.password')).fill(people.clerk.password)
  await page.getByRole('button', { name: say('nb', 'sign_in.submit') }).click()
  await expect(page).toHaveURL(/\/archive$/)
  await expect(page.getByRole('heading', { level: 1, name: say('nb', 'list.archive') })).toBeVisible()
})

test('signing out everywhere ends the other device, too', async ({ page, visitor, server }) => {
  const login = `out-${unique()}`
  await server.addStaff({ login, name: 'Ute Overalt', role: 'clerk', store: 'OSLO', language: 'nb', password: 'out-of-everywhere-1' })
  const person = { ...people.clerk, login, password: 'out-of-everywhere-1' } as unknown as typeof people.clerk
  const other = await visitor({ locale: 'nb-NO' })
  await signInAs(other, person)
  await signInAs(page, person, '/account')
  await expect(page.getByText(say('nb', 'account.this_device'), { exact: true })).toBeVisible()
  await page.getByRole('button', { name: say('nb', 'account.everywhere') }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await other.goto('/cases')
  await expect(other).toHaveURL(/\/sign-in/)
})

test('the language can be chosen before signing in, and follows the person after it', async ({ page }) => {
  await open(page, '/sign-in')
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb')
  await page.getByRole('button', { name: 'Polski' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'pl')
  await expect(page.getByRole('button', { name: say('pl', 'sign_in.submit') })).toBeVisible()
  await ready(page)
  // Kari reads Norwegian, whatever the sign-in page spoke.
  await page.getByLabel(say('pl', 'sign_in.login')).fill(people.clerk.login)
  await page.getByLabel(say('pl', 'sign_in.password')).fill(people.clerk.password)
  await page.getByRole('button', { name: say('pl', 'sign_in.submit') }).click()
  await expect(page.getByRole('link', { name: say('nb', 'shell.create_case') }).first()).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb')
})
