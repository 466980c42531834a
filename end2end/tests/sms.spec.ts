import { browserOf } from '../support/home.ts'
import { reachedBySms, test } from '../support/sms.ts'
import { languages } from '../support/words.ts'

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: browserOf[language] })

    test('a customer is reached by SMS alone', async ({ page, gateway, axe, strict }) => {
      test.setTimeout(60_000)
      strict.allowStatus(401)
      await reachedBySms({ page, language, gateway, axe })
    })
  })
}
