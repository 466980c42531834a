import type { Page } from '@playwright/test'
import { expect, open, ready, test } from '../support/test.ts'
import { demoNumbers, filled, signInAsReader, staffPages } from '../support/pages.ts'
import { browserOf, confirmation, fillReport, review, send } from '../support/home.ts'
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

/** Every text that stands on a page, or is said for it. */
async function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
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
      expect((await textsOf(page)).filter((text) => english.has(text)), `English on ${name} in ${language}`).toEqual([])
    }
  })
}

for (const language of ['nb', 'pl'] as const) {
  test(`customers’ pages speak ${language}, and nothing else`, async ({ visitor, mailbox, strict }) => {
    test.setTimeout(60_000)
    strict.allowStatus(404)
    const english = leftovers(language)
    const page = await visitor({ locale: browserOf[language] })
    const only = async (name: string) => {
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      expect((await textsOf(page)).filter((text) => english.has(text)), `English on ${name} in ${language}`).toEqual([])
    }
    await open(page, '/report')
    await only('the start')
    await open(page, '/report/new?type=shoes')
    await page.getByRole('link', { name: say(language, 'report.next'), exact: true }).click()
    await only('the form')
    const { email } = await fillReport(page, language)
    await review(page, language)
    await page.getByRole('link', { name: say(language, 'report.add') }).click()
    await only('the types for another')
    await page.goBack()
    await only('the look over it all')
    await send(page, language)
    await only('what is left')
    await page.goto(await confirmation(mailbox, email))
    await only('the confirmation')
    await page.getByRole('button', { name: say(language, 'report.confirm') }).click()
    await expect(page.getByRole('heading', { name: say(language, 'report.thanks') })).toBeVisible()
    await only('the thanks')
    await page.goto('/confirm/0123456789')
    await only('an unknown link')
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
