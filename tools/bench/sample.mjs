// What to ask for: real numbers, names and words of the generated cases, read through the same functions as the pages use.
// Each person is given what lies within their own reach, since a search for what one may not see is quick.
import { MARK_ID, MARK_NUMBER, shuffled } from './wrk.mjs'

/** Who asks: an admin of all four stores, handlers of two each, a clerk of one. */
const READERS = ['ada', 'hans', 'helena', 'kari']
/** Who registers, in all stores. */
const CLERKS = ['kari', 'jonas', 'kasia', 'piotr', 'emma']

/** Places in the archive that are looked at for each person, and cases of which everything is read. */
const PLACES = 30
const DETAILS = 250
/** Forms that a clerk's saves take in turn. */
const FORMS = 40

const form = (pairs) => new URLSearchParams(pairs)
const base36 = (number) => Math.floor(number).toString(36)

/** One of the staff with a session, and what they may find. */
class Reader {
  constructor(server, login, cookie) {
    Object.assign(this, { server, login, cookie })
  }

  list(query) {
    return this.server.call('list_cases', this.cookie, form({ query }))
  }

  search(text, limit) {
    return this.server.call('search', this.cookie, form({ text, limit }))
  }

  async look() {
    const [oldest] = (await this.list('list=archive&sort=oldest')).rows
    const [newest] = (await this.list('list=archive')).rows
    const [from, to] = [oldest.registered.utc_ms, newest.registered.utc_ms]
    // The address of a page names the place where the one before ended: a moment and a case's place in the series.
    this.deep = Array.from({ length: 200 }, (_, at) => base36(from + ((to - from) * (at + 1)) / 202))
    const rows = []
    for (const moment of this.deep.filter((_, at) => at % Math.ceil(this.deep.length / PLACES) === 0)) {
      rows.push(...(await this.list(`list=archive&after=n${moment}.0`)).rows)
    }
    this.active = await this.activePages()
    rows.push(...this.active.rows)
    this.rows = shuffled(rows)
    this.cases = []
    for (const { number } of this.rows.slice(0, DETAILS)) {
      this.cases.push(await this.server.call('case', this.cookie, form({ number })))
    }
  }

  /** Rows of the open cases, and where their later pages begin. */
  async activePages() {
    const found = { rows: [], deep: [] }
    for (let next = ''; ; ) {
      const page = await this.list(`list=active${next && `&after=${next}`}`)
      found.rows.push(...page.rows)
      if (!page.next || found.deep.length === 100) return found
      next = page.next
      found.deep.push(next)
    }
  }
}

export async function readers(server) {
  const all = []
  for (const login of READERS) {
    const reader = new Reader(server, login, await server.signIn(login))
    await reader.look()
    all.push(reader)
  }
  return all
}

const letters = (text) => text.split(/[^\p{L}]+/u).filter((word) => word.length >= 4)
const answers = (view) => view.sections.flatMap((section) => section.answers)
const answer = (view, key) => answers(view).find((one) => one.key === key)?.value ?? ''

/** Texts that a person types, by what they are. */
const KINDS = {
  number: (view) => [view.number],
  receipt: (view) => [view.receipt_number],
  name: (view) => [view.customer.name],
  email: (view) => [view.customer.email],
  phone: (view) => [view.customer.phone],
  word: (view) => letters(`${answer(view, 'description')} ${view.title}`).slice(0, 8),
  words: (view) => letters(answer(view, 'article_name')).slice(0, 2).map((word) => `${view.customer.name.split(' ').at(-1)} ${word}`),
  start: (view) => view.customer.name.split(' ').map((word) => word.slice(0, 3)),
}

/** By kind, texts with whoever asks; each finds something. */
export async function texts(readers) {
  const all = {}
  for (const [kind, read] of Object.entries(KINDS)) {
    const list = readers.flatMap((reader) => {
      const own = new Set(reader.cases.flatMap(read).filter((text) => text !== ''))
      return [...own].map((text) => ({ reader, text }))
    })
    all[kind] = shuffled(list)
    for (const { reader, text } of all[kind].slice(0, 12)) {
      const found = await reader.search(text, 8)
      if (found.rows.length === 0) throw new Error(`${reader.login} finds nothing by ${kind} "${text}"`)
    }
  }
  return all
}

/** Addresses of lists with whoever asks: first pages, pages far behind them, and lists with a word. */
export function lists(readers) {
  const [first, deep, word] = [[], [], []]
  for (const reader of readers) {
    const add = (list, path) => list.push({ reader, path })
    for (const list of ['active', 'new', 'mine']) {
      for (const sort of ['', '&sort=oldest', '&sort=due']) add(first, `/cases?list=${list}${sort}`)
    }
    add(first, '/archive')
    add(first, '/archive?sort=oldest')
    for (const type of ['shoes', 'jewellery', 'appliances']) {
      add(first, `/cases?list=active&type=${type}`)
      add(first, `/archive?type=${type}`)
    }
    for (const phase of ['new', 'in_review', 'approved']) add(first, `/cases?list=active&phase=${phase}&sort=due`)
    reader.deep.forEach((moment, at) => add(deep, `/archive?${at % 2 ? 'sort=oldest&' : ''}after=${at % 2 ? 'o' : 'n'}${moment}.0`))
    reader.active.deep.slice(-50).forEach((next) => add(deep, `/cases?list=active&after=${next}`))
    const words = new Set(reader.cases.slice(0, 60).flatMap((view) => [...KINDS.word(view).slice(0, 2), ...KINDS.name(view)]))
    for (const text of [...words].slice(0, 100)) add(word, `/archive?${form({ words: text })}`)
  }
  return { first: shuffled(first), deep: shuffled(deep), word: shuffled(word) }
}

/** What the browsers of all clerks send to save a case: forms filled in as those of cases that are there. */
export async function saves(server) {
  const bodies = []
  for (const login of CLERKS) {
    const cookie = await server.signIn(login)
    const { rows } = await server.call('list_cases', cookie, form({ query: 'list=active' }))
    let taken = 0
    for (const { number } of rows) {
      const page = await server.call('edit_page', cookie, { number }).catch(() => undefined)
      if (!page) continue
      const input = {
        id: MARK_ID,
        type_key: page.type_key,
        form_version: page.form.version,
        store: page.store.id,
        answers: { ...page.answers, receipt_number: [MARK_NUMBER] },
      }
      bodies.push({ cookie, body: JSON.stringify({ input }) })
      taken += 1
      if (taken === FORMS) break
    }
  }
  if (bodies.length === 0) throw new Error('there is no case to take a form from')
  return shuffled(bodies)
}

/** Saves one case and answers its place in the series. */
export async function saveOne(server, { cookie, body }) {
  const number = await server.call('register_case', cookie, JSON.parse(body.replace(MARK_ID, crypto.randomUUID()).replace(MARK_NUMBER, '00000001')))
  return Number(number.split('-')[1])
}
