import { test } from '../support/test.ts'
import { browserOf } from '../support/home.ts'
import { wholeWay } from '../support/customer.ts'
import { languages } from '../support/words.ts'

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: browserOf[language] })

    test('a complaint from home, from the form to the decision', async ({ page, visitor, server, mailbox, axe, strict }) => {
      test.setTimeout(120_000)
      strict.allowStatus(401)
      await wholeWay({ language, customer: page, staff: await visitor({ locale: 'nb-NO' }), server, mailbox, axe })
    })
  })
}
