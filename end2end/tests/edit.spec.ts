import { expect, open, people, signInAs, test } from '../support/test.ts'
import { ask, line, registerShoes } from '../support/till.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
const a = ask('nb')
test.use({ locale: 'nb-NO' })

test('two people edit at once: the second is shown what changed and loses nothing', async ({ page, visitor, strict }) => {
  strict.allowStatus(409)
  await signInAs(page, people.clerk)
  const number = await registerShoes(page, 'nb', { article: 'Fjellsko' })
  const handler = await visitor({ locale: 'nb-NO' })
  await signInAs(handler, people.handler)
  await open(handler, `/cases/${number}/edit`)
  await open(page, `/cases/${number}/edit`)

  await line(page, a.article).fill('Fjellsko Rondane')
  await page.getByRole('button', { name: t('register.save_changes') }).click()
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`))
  await expect(page.getByRole('main')).toContainText('Fjellsko Rondane')

  await line(handler, a.size).fill('43')
  await handler.getByRole('button', { name: t('register.save_changes') }).click()
  const notice = handler.getByRole('alert').filter({ hasText: t('register.conflict') })
  await expect(notice).toContainText('Varenavn')
  await expect(notice).toContainText(t('register.conflict_now', { value: 'Fjellsko Rondane' }))
  await expect(line(handler, a.size)).toHaveValue('43')

  // Having seen it, the handler takes the new name over and saves both.
  await line(handler, a.article).fill('Fjellsko Rondane')
  await handler.getByRole('button', { name: t('register.save_changes') }).click()
  await expect(handler).toHaveURL(new RegExp(`/cases/${number}$`))
  await expect(handler.getByRole('main')).toContainText('43')
  await expect(handler.getByRole('main')).toContainText('Fjellsko Rondane')
})

test('the open case follows what a colleague does, and keeps what is being typed', async ({ page, visitor }) => {
  await signInAs(page, people.clerk)
  const number = await registerShoes(page, 'nb')
  const handler = await visitor({ locale: 'nb-NO' })
  await signInAs(handler, people.handler, `/cases/${number}`)
  await page.getByLabel(t('case.comment_label')).fill('Halvferdig setning')

  await handler.getByRole('button', { name: t('case.take_over') }).click()
  await expect(page.locator('#timeline')).toContainText(people.handler.name)
  await expect(page.getByText(t('phase.in_review'), { exact: true }).first()).toBeVisible()
  await expect(page.getByLabel(t('case.comment_label'))).toHaveValue('Halvferdig setning')

  await handler.getByLabel(t('case.own_note_label')).fill('Ring leverandøren først')
  await handler.getByRole('button', { name: t('case.own_note_add') }).click()
  await expect(handler.getByRole('main')).toContainText('Ring leverandøren først')
  await expect(handler.getByLabel(t('case.own_note_label'))).toHaveValue('')
  await page.getByRole('button', { name: t('case.comment_add') }).click()
  await expect(handler.getByRole('main')).toContainText('Halvferdig setning')
})

test('a case of another store is not there for a clerk', async ({ page, visitor, strict }) => {
  strict.allowStatus(403, 404)
  await signInAs(page, people.clerk)
  const number = await registerShoes(page, 'nb')
  const other = await visitor()
  await signInAs(other, people.otherClerk)
  for (const path of [`/cases/${number}`, `/cases/${number}/edit`]) {
    const answer = await other.goto(path)
    expect([403, 404]).toContain(answer?.status())
    await expect(other.getByRole('heading', { name: speak('pl')('ui.error_title') })).toBeVisible()
  }
})
