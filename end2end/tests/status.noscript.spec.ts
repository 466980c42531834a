import { test } from '../support/test.ts'
import { browserOf } from '../support/home.ts'
import { wholeStatus } from '../support/status.ts'
import { languages } from '../support/words.ts'

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: browserOf[language] })

    test('a customer follows a case and has a say in it, without a line of script', async ({ page, visitor, mailbox, axe, strict }) => {
      test.setTimeout(120_000)
      strict.allowStatus(401)
      await wholeStatus({ language, customer: page, clerk: await visitor(), handler: await visitor(), mailbox, axe })
    })
  })
}
