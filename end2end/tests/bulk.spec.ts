import type { Locator, Page } from '@playwright/test'
import { expect, open, people, signInAs, test } from '../support/test.ts'
import { numberOf, registerShoes } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('en')
test.use({ demoCases: 120 })

const rows = (page: Page) => page.getByRole('main').locator('tbody tr')
const deed = (page: Page, key: string) => page.locator('.list-bulk').getByRole('button', { name: t(`bulk.${key}`) })

test('many cases are handed over, seen beforehand, and taken back', async ({ page, axe }) => {
  await signInAs(page, people.admin, '/cases?list=new')
  await axe(page)
  const numbers = (await rows(page).allTextContents()).slice(0, 3).map(numberOf)
  for (const number of numbers) await page.getByRole('checkbox', { name: t('list.mark', { number }) }).check()
  await expect(page.getByText(t('list.marked_count', { n: 3 }))).toBeVisible()
  // A finger finds the box.
  const box = await page.locator('.list-mark-label').last().boundingBox()
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
  await axe(page)
  await deed(page, 'assign').click()

  await expect(page.getByText(t('bulk.chosen', { n: 3 }))).toBeVisible()
  await axe(page)
  await page.getByLabel(t('bulk.handler')).selectOption({ label: 'Ada Admin' })
  await page.getByRole('button', { name: t('bulk.look') }).click()
  await expect(page.getByRole('heading', { name: t('bulk.will', { n: 3 }) })).toBeVisible()
  for (const number of numbers) await expect(page.getByRole('link', { name: number })).toBeVisible()
  await axe(page)
  await page.getByRole('button', { name: t('bulk.start', { n: 3 }) }).click()
  // It says so by itself.
  await expect(page.getByRole('heading', { name: t('bulk.done', { n: 3 }) })).toBeVisible()
  await axe(page)
  const run = page.url()
  await open(page, `/cases/${numbers[0]}`)
  await expect(page.getByRole('main')).toContainText('Ada Admin')
  await open(page, run)
  await page.getByRole('button', { name: t('bulk.undo') }).click()
  await expect(page.getByRole('heading', { name: t('bulk.undone', { n: 3 }) })).toBeVisible()
  await page.getByRole('link', { name: t('bulk.runs') }).click()
  await expect(page.getByText(t('run_state.undone')).first()).toBeVisible()
  await axe(page)
  await open(page, '/cases?list=new')
  for (const number of numbers) await expect(page.getByRole('main')).toContainText(number)
})

test('a letter goes to all that fit, and is taken back before it goes', async ({ page, mailbox }) => {
  await signInAs(page, people.admin)
  const mark = `Bulkbrev ${Date.now()}`
  const numbers = [await registerShoes(page, 'en', { name: mark }), await registerShoes(page, 'en', { name: mark })]
  await open(page, `/cases?list=new&words=${encodeURIComponent(mark)}`)
  await expect(rows(page)).toHaveCount(2)
  await page.getByLabel(t('list.whole')).check()
  await deed(page, 'letter').click()
  await expect(page.getByText(t('bulk.whole'))).toBeVisible()
  await page.locator('#subject').fill('Closed on Friday')
  await page.locator('#body').fill('We are closed on Friday.\nCome on Saturday.')
  await page.getByRole('button', { name: t('bulk.look') }).click()
  await expect(page.getByText(t('bulk.letters_wait'))).toBeVisible()
  await page.getByRole('button', { name: t('bulk.send', { n: 2 }) }).click()
  await expect(page.getByRole('heading', { name: t('bulk.done', { n: 2 }) })).toBeVisible()
  const run = page.url()
  await open(page, `/cases/${numbers[0]}`)
  await expect(page.getByRole('main')).toContainText('Closed on Friday')
  await open(page, run)
  await page.getByRole('button', { name: t('bulk.undo') }).click()
  await expect(page.getByRole('heading', { name: t('bulk.undone', { n: 2 }) })).toBeVisible()
  await open(page, `/cases/${numbers[1]}`)
  await expect(page.getByText(t('letter_state.cancelled')).first()).toBeVisible()
  expect(mailbox.url).toBeTruthy()
})

test('with the keyboard alone: mark, choose, look, do', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no keyboard')
  const tabTo = async (target: Locator) => {
    for (let step = 0; step < 200; step += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error('the keyboard does not come there')
  }
  await signInAs(page, people.admin, '/cases?list=new&sort=oldest')
  for (const key of ['j', 'x', 'j', 'x']) {
    await page.keyboard.press(key)
    // Quicker than that it would be a scanner.
    await page.waitForTimeout(150)
  }
  await expect(page.getByText(t('list.marked_count', { n: 2 }))).toBeVisible()
  await tabTo(deed(page, 'status'))
  await page.keyboard.press('Enter')
  await expect(page.getByText(t('bulk.chosen', { n: 2 }))).toBeVisible()
  const step = page.locator('#step')
  await tabTo(step)
  await page.keyboard.type(t('case.step_wait_goods').slice(0, 12))
  await expect(step).toHaveValue(/waiting_/)
  await tabTo(page.getByRole('button', { name: t('bulk.look') }))
  await page.keyboard.press('Enter')
  await tabTo(page.getByRole('button', { name: t('bulk.start', { n: 2 }) }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: t('bulk.done', { n: 2 }) })).toBeVisible()
})

test('the box at the top marks the page, and nothing marked is told', async ({ page, isMobile }) => {
  await signInAs(page, people.admin, '/cases?list=active')
  await deed(page, 'archive').click()
  await expect(page.getByRole('alert')).toContainText(t('fault.nothing_chosen'))
  test.skip(isMobile, 'cards have no head')
  const many = await rows(page).count()
  await page.getByLabel(t('list.mark_all')).check()
  await expect(page.getByText(t('list.marked_count', { n: many }))).toBeVisible()
  await page.getByLabel(t('list.mark_all')).uncheck()
  await expect(page.locator('.list-bulk-words')).toHaveText(t('list.marked'))
})
