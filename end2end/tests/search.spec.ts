import { expect, open, people, signInAs, test } from '../support/test.ts'
import { registerShoes, unique } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
test.use({ locale: 'nb-NO' })

test('from the field at the top: as one types, by keyboard, by scanner', async ({ page }) => {
  await signInAs(page, people.clerk)
  const mark = unique()
  const phone = `9${String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')}`
  const receipt = `K${mark}`
  const name = `Łucja Sørbø ${mark}`
  const number = await registerShoes(page, 'nb', { name, phone, receipt, email: `${mark}@kunde.example`, description: `Revnet ved tåen ${mark}x` })

  const field = page.getByRole('combobox', { name: t('search.label') })
  const found = page.getByRole('option', { name: new RegExp(number) })
  const digits = number.replaceAll('-', '')
  const notation = `+47 ${phone.slice(0, 3)} ${phone.slice(3, 5)} ${phone.slice(5)}`
  // Number in both notations, receipt, name without its diacritics, phone as people write it, e-mail, a word of the description.
  const asked = [digits, number, receipt, `lucja sorbo ${mark}`, `ŁUCJA SØRBØ ${mark}`.toUpperCase(), phone, notation, `${mark}@kunde.example`, `${mark}x`]
  for (const text of asked) {
    await open(page, '/new')
    await field.pressSequentially(text, { delay: 5 })
    await expect(found, `searched ${text}`).toBeVisible()
  }

  // By keyboard alone: the slash, the name, the arrow, Enter.
  await open(page, '/new')
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await page.keyboard.type(name)
  await expect(found).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(found).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`))
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()

  // Escape closes the answers and keeps the text.
  await field.fill(name)
  await expect(found).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(found).toBeHidden()
  await expect(field).toHaveValue(name)

  // A scanner types faster than any answer comes, and ends with Enter.
  await open(page, '/')
  await field.focus()
  await page.keyboard.type(digits, { delay: 0 })
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`))
})

test('a number with a wrong digit is told as a typing error', async ({ page }) => {
  await signInAs(page, people.clerk)
  const number = await registerShoes(page, 'nb')
  const check = Number(number.at(-1))
  const wrong = number.slice(0, -1) + ((check + 1) % 10)
  const field = page.getByRole('combobox', { name: t('search.label') })
  await field.fill(wrong)
  await expect(page.getByText(t('search.wrong_check_digit')).first()).toBeVisible()
  await field.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=/)
  await expect(page.getByRole('main').getByText(t('search.wrong_check_digit'))).toBeVisible()
})

test('nothing found says what to try; a clerk does not find another store’s case', async ({ page, visitor }) => {
  const mark = unique()
  await signInAs(page, people.clerk)
  const number = await registerShoes(page, 'nb', { name: `Kun Oslo ${mark}` })
  const other = await visitor({ locale: 'pl-PL' })
  await signInAs(other, people.otherClerk)
  await open(other, `/search?q=${encodeURIComponent(`Kun Oslo ${mark}`)}`)
  await expect(other.getByRole('main')).toContainText(speak('pl')('search.nothing', { text: `Kun Oslo ${mark}` }))
  await open(other, `/search?q=${number}`)
  await expect(other.getByRole('main')).toContainText(speak('pl')('search.nothing', { text: number }))
})
