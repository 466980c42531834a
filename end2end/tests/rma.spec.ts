import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { issue, reportFromHome, scan, takeIn } from '../support/returns.ts'
import { registerShoes } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
test.use({ locale: 'nb-NO' })

test('a parcel is scanned with a hand scanner, taken in and inspected', async ({ page, axe, server }) => {
  test.setTimeout(90_000)
  await signInAs(page, people.handler)
  const number = await registerShoes(page, 'nb')
  await issue(page, number)
  await axe(page)

  // A scanner is a keyboard that types fast, wherever one stands; under a Norwegian layout it garbles the marks.
  for (const scanned of [`${server.url}/r/${number}`, number.replaceAll('-', '+')]) {
    await open(page, '/cases?list=active')
    await page.locator('h1').first().click()
    await scan(page, scanned)
    await expect(page).toHaveURL(new RegExp(`/rma/${number}$`))
  }
  await takeIn(page, 'nb', t('condition.transport_damage'), 'Hylle 4')
  await expect(page.getByRole('main')).toContainText(t('rma_state.received'))
  await expect(page.locator('#receive')).toHaveCount(0)
  await page.getByLabel(t('rma.inspect')).fill('Hælen er knekt')
  await page.getByRole('button', { name: t('rma.inspect_save') }).click()
  await expect(page.getByRole('main')).toContainText(t('rma_state.inspected'))
  await expect(page.getByRole('main')).toContainText('Hælen er knekt')
  await axe(page)

  // The goods are here: the label opens the case by now, and the case tells of it.
  await open(page, '/cases?list=active')
  await page.locator('h1').first().click()
  await scan(page, number)
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`))
  await expect(page.locator('.case-rma')).toContainText(t('rma_state.inspected'))
  await expect(page.locator('.case-rma')).toContainText('Hylle 4')
  await expect(page.locator('#timeline')).toContainText(t('event.rma_received'))
})

test('a hand scanner is heard on every staff page, and takes in no parcel by itself', async ({ page, server }) => {
  test.setTimeout(90_000)
  await signInAs(page, people.handler)
  const first = await registerShoes(page, 'nb')
  await issue(page, first)
  await open(page, '/')
  const second = await registerShoes(page, 'nb')
  await issue(page, second)
  const leads = async (text: string): Promise<void> => {
    await scan(page, text)
    await expect(page).toHaveURL(new RegExp(`/rma/${second}$`))
  }
  // As the page of the parcel before opens, and with one of its forms' controls under the fingers.
  await open(page, `/rma/${first}`)
  await expect(page.locator('#receive input:checked')).toHaveCount(0)
  await leads(`${server.url}/r/${second}`)
  await open(page, `/rma/${first}`)
  await page.locator('#receive').getByText(t('condition.as_described'), { exact: true }).click()
  await leads(second)
  await open(page, `/rma/${first}`)
  await expect(page.getByRole('main')).toContainText(t('rma_state.issued'))
  // Pages without the client, each beside its fields.
  for (const path of ['/rma', '/account', '/scan']) {
    await open(page, path)
    await page.locator('h1').first().click()
    await leads(second.replaceAll('-', '+'))
  }
  // What fingers type, and what goes into a text, leads nowhere.
  await open(page, '/account')
  await page.locator('h1').first().click()
  await page.keyboard.type(second, { delay: 140 })
  await page.keyboard.press('Enter')
  await open(page, `/rma/${first}`)
  await page.locator('#receive').getByLabel(t('rma.place')).focus()
  await page.keyboard.type(second, { delay: 2 })
  await expect(page.locator('#receive').getByLabel(t('rma.place'))).toHaveValue(second)
  await expect(page).toHaveURL(new RegExp(`/rma/${first}$`))
})

test('whoever types on a page is not taken for a scanner', async ({ page }) => {
  await signInAs(page, people.clerk)
  await open(page, '/new/shoes')
  const field = page.getByRole('textbox').nth(1)
  await field.focus()
  await page.keyboard.type('26-000001-9', { delay: 1 })
  await expect(page).toHaveURL(/\/new\/shoes/)
  await open(page, '/cases?list=active')
  await page.locator('h1').first().click()
  await page.keyboard.type('26-000001-9', { delay: 140 })
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/list=active/)
})

test('the open case sees a parcel come in', async ({ page, visitor }) => {
  await signInAs(page, people.handler)
  const number = await registerShoes(page, 'nb')
  await issue(page, number)
  await open(page, `/cases/${number}`)
  await expect(page.locator('.case-rma')).toContainText(t('rma_state.issued'))
  const other = await visitor({ locale: 'nb-NO' })
  await signInAs(other, people.clerk, `/rma/${number}`)
  await takeIn(other, 'nb', t('condition.as_described'), 'Hylle 9')
  await expect(page.locator('.case-rma')).toContainText(t('rma_state.received'))
})

test('a parcel without a number is taken in for its case', async ({ page, axe }) => {
  await signInAs(page, people.clerk)
  const number = await registerShoes(page, 'nb')
  await open(page, '/scan?text=ukjent-kode-77')
  await expect(page.getByRole('main')).toContainText(t('scan.nothing', { text: 'ukjent-kode-77' }))
  await axe(page)
  await open(page, `/cases/${number}`)
  await page.getByRole('link', { name: t('rma.came_short') }).click()
  await expect(page).toHaveURL(/#came$/)
  await axe(page)
  const form = page.locator('#came')
  await form.getByText(t('condition.incomplete'), { exact: true }).click()
  await form.getByLabel(t('rma.note')).fill('Bare venstre sko')
  await form.getByRole('button', { name: t('rma.receive') }).click()
  await expect(page).toHaveURL(new RegExp(`/rma/${number}$`))
  await expect(page.getByRole('main')).toContainText('Bare venstre sko')
})

test('labels of those that are ticked are printed together', async ({ page, axe }) => {
  await signInAs(page, people.handler)
  const numbers = []
  for (let n = 0; n < 2; n++) {
    const number = await registerShoes(page, 'nb')
    await issue(page, number)
    numbers.push(number)
  }
  await open(page, '/rma')
  await axe(page)
  for (const number of numbers) await page.getByRole('checkbox', { name: t('rma.select', { number }) }).check()
  await page.getByLabel(t('rma.paper')).selectOption('roll62')
  // By POST, since it is noted; that leads to the print.
  const print = page.waitForRequest((request) => request.url().includes('/rma/labels?'))
  await page.getByRole('button', { name: t('rma.print_labels') }).click()
  const asked = new URL((await print).url()).searchParams
  expect(asked.getAll('number').sort()).toEqual([...numbers].sort())
  expect(asked.get('paper')).toBe('roll62')
})

test('a customer who stands at the till has the report from home confirmed', async ({ page, server, axe }, info) => {
  const [number, series] = info.project.name.includes('phone') ? (['26-900002-6', 900_002] as const) : (['26-900001-8', 900_001] as const)
  await reportFromHome(server, number, series, 'Fjellsko hjemmefra')
  await signInAs(page, people.clerk)
  const field = page.getByRole('combobox', { name: t('search.label') })
  await field.fill(number)
  await field.press('Enter')
  await expect(page.getByRole('main')).toContainText(t('scan.unconfirmed', { number }))
  await axe(page)
  await page.getByRole('button', { name: t('scan.confirm') }).click()
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`))
  await ready(page)
  await expect(page.locator('.case-web')).toHaveText(t('channel.web'))
  await open(page, '/cases?list=active')
  await expect(page.locator('tr', { hasText: number }).locator('.list-web')).toHaveText(t('channel.web'))
})
