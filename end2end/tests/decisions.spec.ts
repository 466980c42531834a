import { livesThrough } from '../support/decisions.ts'
import { test } from '../support/test.ts'

test('a second person lets a decision go out in the first one’s words', async ({ page, visitor, mailbox, axe }) => {
  test.setTimeout(120_000)
  await livesThrough(page, visitor, mailbox, axe)
})
