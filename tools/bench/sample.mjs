// What to ask for: real numbers, names and words of the generated cases, read from the database itself. Each person is given
// what lies within their own reach, since a search for what one may not see is quick.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { MARK_ID, MARK_NUMBER, shuffled } from './wrk.mjs'

/** Who asks, and the stores that they reach: an admin, handlers of two each, a clerk of one. The demo chain's people. */
const READERS = { ada: ['OSLO', 'BERGEN', 'KRAKOW', 'GDANSK'], hans: ['OSLO', 'BERGEN'], helena: ['KRAKOW', 'GDANSK'], kari: ['OSLO'] }
/** Who registers in which store. */
const CLERKS = { OSLO: 'kari', BERGEN: 'jonas', KRAKOW: 'kasia', GDANSK: 'piotr' }

/** Cases that are looked at, of all years, and of each person's. */
const LOOKED_AT = 6000
const OF_EACH = 900
/** Cases whose answers are saved anew. */
const FORMS = 160

/** Asks the database beside the server. */
export class Database {
  constructor({ data, url }) {
    Object.assign(this, { file: join(data, 'redress.db'), url })
  }

  rows(sql) {
    const [command, args] = this.url
      ? ['psql', ['-qXAt', '-d', this.url, '-c', `select coalesce(json_agg(found), '[]') from (${sql}) as found`]]
      : ['sqlite3', ['-json', this.file, sql]]
    const out = execFileSync(command, args, { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }).toString().trim()
    return out === '' ? [] : JSON.parse(out)
  }

  /** How many cases have come after that place in the series. */
  after(seq) {
    return this.rows(`select count(*) as count from cases where seq > ${seq}`)[0].count
  }

  /** As an earlier release with another table left them: another day for each case whose clock runs, and another stamp. */
  forgetDeadlines() {
    const sql = "update cases set law_on = '2026-01-01' where law_on < '9999-12-31'; update organisation set law_stamp = 'earlier'"
    const [command, args] = this.url ? ['psql', ['-qXAt', '-d', this.url, '-c', sql]] : ['sqlite3', [this.file, sql]]
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  }

  deadlinesDone() {
    return this.rows('select law_stamp as stamp from organisation')[0].stamp !== 'earlier'
  }

  last() {
    return this.rows('select max(seq) as seq from cases')[0].seq
  }
}

const base36 = (number) => Number(number).toString(36)
/** The address of a page names the place where the one before ended: a moment and a case's place in the series. */
const place = (row) => `${base36(row.registered_at)}.${base36(row.seq)}`

export async function readers(server, database) {
  const columns = 'cases.id, cases.seq, cases.number, cases.registered_at, cases.archived, cases.title, cases.customer_name, cases.customer_email, cases.customer_phone, cases.receipt_number, cases.answers, cases.thumbnail_id, stores.code'
  const every = Math.max(1, Math.floor(database.last() / LOOKED_AT))
  // All that are open would be many in a large chain, so they too are taken one in so many.
  const open = Math.max(1, Math.floor(every / 10))
  const found = database.rows(
    `select ${columns} from cases join stores on stores.id = cases.store_id where cases.seq % ${every} = 0 or (cases.archived = 0 and cases.seq % ${open} = 0)`,
  )
  const all = []
  for (const [login, codes] of Object.entries(READERS)) {
    const rows = shuffled(found.filter(({ code }) => codes.includes(code)))
    all.push({
      login,
      cookie: await server.signIn(login),
      cases: rows.slice(0, OF_EACH),
      archived: rows.filter(({ archived }) => Number(archived) === 1).slice(0, OF_EACH),
      // Older ones, which lie deep in the list of what is open.
      open: rows.filter(({ archived }) => Number(archived) === 0).sort((a, b) => a.seq - b.seq),
    })
  }
  return all
}

const letters = (text) => text.split(/[^\p{L}]+/u).filter((word) => word.length >= 4)
const answer = ({ answers }, key) => JSON.parse(answers)[key]?.[0] ?? ''
/** As people write it: the country's code, then groups of three. */
const phone = (number) => number.replace(/^(\+\d\d)(\d+)$/, (_, country, rest) => `${country} ${rest.replace(/(\d{3})(?=\d)/g, '$1 ')}`)

/** Texts that a person types, by what they are. */
const KINDS = {
  number: (row) => [row.number],
  receipt: (row) => [row.receipt_number],
  name: (row) => [row.customer_name],
  email: (row) => [row.customer_email],
  phone: (row) => [phone(row.customer_phone)],
  word: (row) => letters(`${answer(row, 'description')} ${row.title}`).slice(0, 8),
  words: (row) => letters(answer(row, 'article_name')).slice(0, 2).map((word) => `${row.customer_name.split(' ').at(-1)} ${word}`),
  start: (row) => row.customer_name.split(' ').map((word) => word.slice(0, 3)),
}

/** By kind, texts with whoever asks; each finds something. */
export async function texts(server, readers) {
  const all = {}
  for (const [kind, read] of Object.entries(KINDS)) {
    const list = readers.flatMap((reader) => [...new Set(reader.cases.flatMap(read).filter((text) => text !== ''))].map((text) => ({ reader, text })))
    all[kind] = shuffled(list)
    for (const { reader, text } of all[kind].slice(0, 12)) {
      const page = await server.ask('GET', `/search?${new URLSearchParams({ q: text })}`, { cookie: reader.cookie, accept: 'text/html' })
      if (page.status !== 302 && !page.text.includes('href="/cases/2')) throw new Error(`${reader.login} finds nothing by ${kind} "${text}"`)
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
    reader.archived.slice(0, 200).forEach((row, at) => add(deep, at % 2 ? `/archive?sort=oldest&after=o${place(row)}` : `/archive?after=n${place(row)}`))
    reader.open.slice(Math.min(60, reader.open.length / 2)).slice(0, 60).forEach((row) => add(deep, `/cases?list=active&after=n${place(row)}`))
    const words = new Set(reader.archived.slice(0, 60).flatMap((row) => [...KINDS.word(row).slice(0, 2), ...KINDS.name(row)]))
    for (const text of [...words].slice(0, 100)) add(word, `/archive?${new URLSearchParams({ words: text })}`)
  }
  return { first: shuffled(first), deep: shuffled(deep), word: shuffled(word) }
}

/** What the browsers of all clerks send to save a case: forms filled in as those of cases that are there. */
export async function saves(server, database) {
  const cookies = {}
  for (const [code, login] of Object.entries(CLERKS)) cookies[code] = await server.signIn(login)
  const rows = database.rows(
    `select cases.type_key, cases.form_version, cases.store_id, cases.answers, stores.code from cases join stores on stores.id = cases.store_id order by cases.seq desc limit ${FORMS}`,
  )
  const bodies = rows.map(({ type_key, form_version, store_id, answers, code }) => {
    const given = JSON.parse(answers)
    // Kept in the smallest unit, typed in whole ones.
    if (given.price) given.price = [String(Math.round(Number(given.price[0]) / 100))]
    const input = { id: MARK_ID, type_key, form_version, store: store_id, answers: { ...given, receipt_number: [MARK_NUMBER] } }
    return { cookie: cookies[code], body: JSON.stringify({ input }) }
  })
  const good = []
  // One may not be complete, such as a draft's answers to an older form.
  for (const save of bodies) if ((await saveOne(server, save)) === 200) good.push(save)
  if (good.length < FORMS / 2) throw new Error(`only ${good.length} of ${FORMS} forms can be saved`)
  return shuffled(good)
}

async function saveOne(server, { cookie, body }) {
  const fresh = body.replace(MARK_ID, crypto.randomUUID()).replace(MARK_NUMBER, '00000001')
  return (await server.ask('POST', '/api/register_case', { cookie, body: fresh, type: 'application/json' })).status
}
