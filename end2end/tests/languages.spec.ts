import { expect, open, ready, test } from '../support/test.ts'
import { demoNumbers, filled, signInAsReader, staffPages } from '../support/pages.ts'
import { say, words, type Language } from '../support/words.ts'

test.use({ demoCases: 60 })

/** What is said in English and otherwise in the other language: none of it may stand on a page in that language. */
function leftovers(language: Language): Set<string> {
  const own = new Set<string>()
  const english = new Set<string>()
  const each = (of: Language, into: Set<string>) => {
    for (const space of Object.values(words(of))) {
      for (const text of Object.values(space)) {
        for (const one of typeof text === 'object' ? Object.values(text) : [text]) if (typeof one === 'string') into.add(one.trim())
      }
    }
  }
  each(language, own)
  each('en', english)
  // A short word, or one with a placeholder, may be anybody's.
  return new Set([...english].filter((text) => !own.has(text) && text.length > 4 && !text.includes('{')))
}

for (const language of ['nb', 'pl'] as const) {
  test(`every page speaks ${language}, and nothing else`, async ({ page, server }) => {
    test.setTimeout(120_000)
    const english = leftovers(language)
    await signInAsReader(page, server, language)
    const numbers = await demoNumbers(page)
    for (const { name, path } of staffPages) {
      await open(page, filled(path, numbers))
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      const texts = await page.evaluate(() => {
        const found: string[] = []
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (walk.nextNode()) {
          const parent = walk.currentNode.parentElement
          // What people wrote themselves may be in any language: the demo's letters, notes and answers.
          if (parent && !parent.closest('script, style, [lang]:not(html), .case-note, .case-letter-subject, .letter')) found.push((walk.currentNode.textContent ?? '').trim())
        }
        for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
          for (const attribute of ['aria-label', 'title', 'placeholder', 'alt']) found.push((element.getAttribute(attribute) ?? '').trim())
        }
        return found
      })
      expect(texts.filter((text) => english.has(text)), `English on ${name} in ${language}`).toEqual([])
    }
  })
}

for (const language of ['en', 'nb', 'pl'] as const) {
  test(`sign-in and an unknown page in ${language}, as the browser asks for it`, async ({ visitor, strict }) => {
    strict.allowStatus(404)
    const page = await visitor({ locale: { en: 'en-GB', nb: 'nb-NO', pl: 'pl-PL' }[language] })
    await open(page, '/sign-in')
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await expect(page.getByRole('button', { name: say(language, 'sign_in.submit') })).toBeVisible()
    const answer = await page.goto('/no-such-page')
    await ready(page)
    expect(answer?.status()).toBe(404)
    await expect(page.getByText(say(language, 'shell.not_found')).first()).toBeVisible()
  })
}
