import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { speak } from '../support/words.ts'

const en = speak('en')
test.use({ demoCases: 60 })

test('a handler clears a list of twenty with the keyboard alone', async ({ page, server, axe }) => {
  test.setTimeout(240_000)
  // As many as there may be on a Monday.
  await server.sql("update cases set phase = 'new', archived = 0, archive_reason = null, verdict = null, decision = null, settlement = null where seq in (select seq from cases order by seq desc limit 24)")
  await signInAs(page, people.admin)
  const open20 = async () => {
    await open(page, '/cases?list=new&sort=oldest')
    return page.getByRole('main').locator('tbody tr').count()
  }
  const waiting = await open20()
  const goal = 20
  expect(waiting).toBeGreaterThanOrEqual(goal)

  await page.keyboard.press('j')
  await expect(page.locator('tr[data-case] a.list-number').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/cases\/\d\d-\d{6}-\d\?in=/)
  await ready(page)
  await axe(page)
  for (let done = 1; done <= goal; done += 1) {
    const number = await page.locator('h1.case-number').textContent()
    await page.keyboard.press('d')
    await expect(page.locator('#decide input[type=radio]').first()).toBeFocused()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await expect(page.locator('#decide-reason')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    const preview = page.locator('#decide').getByRole('button', { name: en('case.decide_preview') })
    for (let tabs = 0; tabs < 20 && !(await preview.evaluate((button) => button === document.activeElement)); tabs += 1) await page.keyboard.press('Tab')
    await expect(preview).toBeFocused()
    await page.keyboard.press('Enter')
    const send = page.locator('#decide').getByRole('button', { name: en('case.decide_send') })
    await expect(send).toBeVisible()
    await send.focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('.case-head .badge').filter({ hasText: en('phase.approved') }).first()).toBeVisible()
    if (done === goal) break
    // Quicker than that it would be a scanner.
    await page.waitForTimeout(200)
    await page.keyboard.press('j')
    await expect(page.locator('h1.case-number')).not.toHaveText(number ?? '')
  }
  expect(await open20()).toBe(waiting - goal)
})

test('keys do nothing while somebody types, scans, or has switched them off', async ({ page, axe }) => {
  await signInAs(page, people.admin)
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await axe(page)
  await dialog.getByRole('checkbox').uncheck()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.press('n')
  await page.waitForTimeout(300)
  expect(new URL(page.url()).pathname).toBe('/')
  await page.locator('details.user > summary').click()
  await page.getByRole('button', { name: en('keys.title') }).click()
  await dialog.getByRole('checkbox').check()
  await page.keyboard.press('Escape')

  await page.locator('#search-field').fill('')
  await page.keyboard.type('nnn', { delay: 150 })
  await expect(page.locator('#search-field')).toHaveValue('nnn')
  expect(new URL(page.url()).pathname).toBe('/')
  await page.keyboard.press('Escape')
  await page.locator('h1').click()
  // A scanner's burst is no key.
  await page.keyboard.type('nnnnn')
  await page.waitForTimeout(300)
  expect(new URL(page.url()).pathname).toBe('/')
  await page.keyboard.press('n')
  await page.waitForURL(/\/new$/)
})
