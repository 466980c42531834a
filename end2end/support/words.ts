import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Language = 'en' | 'nb' | 'pl'
export const languages: Language[] = ['en', 'nb', 'pl']

type Plural = Record<string, string>
export type Words = Record<string, Record<string, string | Plural | boolean>>

const folder = fileURLToPath(new URL('../../app/locales/', import.meta.url))
const read = new Map<Language, Words>()

/** Every text of the screens in a language, as the translators wrote it: namespace, then key. */
export function words(language: Language): Words {
  let found = read.get(language)
  if (!found) {
    const files = readdirSync(folder + language).filter((name) => name.endsWith('.json'))
    found = Object.fromEntries(files.map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(`${folder}${language}/${name}`, 'utf8'))])) as Words
    read.set(language, found)
  }
  return found
}

/** One text by `namespace.key`, its placeholders filled in by name; a plural takes `n`. */
export function say(language: Language, path: string, values: Record<string, string | number> = {}): string {
  const [space = '', key = ''] = path.split('.')
  let text = words(language)[space]?.[key]
  if (typeof text === 'object') {
    const form = new Intl.PluralRules(language).select(Number(values.n)).replace('other', 'many')
    text = text[form] ?? text.many
  }
  if (typeof text !== 'string') throw new Error(`there is no text ${path} in ${language}`)
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all))
}

/** The texts of one language: `const t = speak('nb'); t('case.take_over')`. */
export function speak(language: Language): (path: string, values?: Record<string, string | number>) => string {
  return (path, values) => say(language, path, values)
}
