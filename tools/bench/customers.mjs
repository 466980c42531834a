// The customer's side: the form, sending it, the link, the status page, documents; and what staff notice of it all.
import { createHash } from 'node:crypto'
import { get, load, post } from './wrk.mjs'

const AT_ONCE = 32
/** Reports begun for one second of a load, more than any load gets through, so that none is sent twice. */
const A_SECOND = 4000
/** The form takes none for a person's who sends it faster (domain::report::limits::FASTEST_MS). */
const FASTEST = 3500
const API = 'application/octet-stream, application/json'

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const secret = () => crypto.randomUUID().replaceAll('-', '')
const form = (fields) => new URLSearchParams(fields).toString()

/** A report as the form's script saves it. */
function report(token, store) {
  const n = token.slice(0, 12)
  const answers = {
    article_name: ['Turstøvel Galdhøpiggen'], size: ['42'], description: ['Sålen løsner foran på høyre sko, etter tre uker i bruk.'],
    side: ['left'], defect_place: ['sole'], receipt_number: [n], purchase_date: ['01.10.2026'], customer_name: ['Ola Nordmann'],
    customer_email: [`${n}@kunde.example`], customer_phone: ['912 34 567'], demand: ['repair'], delivery_route: ['store'], delivery_store: [store],
  }
  const input = { token, case: crypto.randomUUID(), type_key: 'shoes', form_version: 1, answers, website: '' }
  return post('/api/save_report', '', JSON.stringify({ input, locale: 'nb', framed: false }))
}

/** Each of these requests once at most: how many of them did what they were to do, a second. */
async function each(server, database, sql, requests, options) {
  const count = () => database.rows(sql)[0].count
  const before = count()
  const figure = await load(server, requests, { accept: API, ...options })
  const done = count() - before
  return { ...figure, count: done, perSecond: (figure.perSecond * done) / figure.count }
}

export async function customers(server, database, people, note, seconds) {
  const staff = people.find(({ login }) => login === 'ada')
  const [{ id: store }] = database.rows("select id from stores where code = 'OSLO'")
  const view = [get('/report/new?type=shoes')]
  note('form', await load(server, view, { seconds }))
  note('form.many', await load(server, view, { seconds, connections: AT_ONCE }))

  const tokens = Array.from({ length: A_SECOND * seconds }, secret)
  const begun = 'select count(*) as count from reports'
  const saves = tokens.map((token) => report(token, store))
  note('report.save', await each(server, database, begun, saves, { seconds, connections: AT_ONCE }))
  // Those alone that are there: the end of a load cuts off what is on its way.
  const there = new Set(database.rows('select token_hash from reports').map((row) => row.token_hash))
  await pause(FASTEST)
  const begunTokens = tokens.filter((token) => there.has(createHash('sha256').update(token).digest('hex')))
  const sends = begunTokens.map((token) => post('/api/send_report', '', form({ token })))
  const filed = 'select count(*) as count from reports where filed_at is not null'
  const few = Math.floor(sends.length / 5)
  note('report.send', await each(server, database, filed, sends.slice(0, few), { seconds: Math.min(1, seconds) }))
  note('report.send.many', await each(server, database, filed, sends.slice(few), { seconds: Math.min(1, seconds), connections: AT_ONCE }))

  const links = database.rows("select body from letters where template = 'confirm'").map(({ body }) => body.match(/\/confirm\/([0-9a-f]{32})/)[1])
  const confirms = links.map((token) => post('/api/confirm_report', '', form({ token })))
  const confirmed = 'select count(*) as count from reports where confirmed_at is not null'
  const some = Math.floor(confirms.length / 5)
  note('confirm', await each(server, database, confirmed, confirms.slice(0, some), { seconds: Math.min(1, seconds) }))
  note('confirm.many', await each(server, database, confirmed, confirms.slice(some), { seconds: Math.min(1, seconds), connections: AT_ONCE }))

  const known = database.rows("select number, customer_email from cases where channel = 'web' and confirmed_at is not null order by seq desc limit 400")
  const finds = known.map(({ number, customer_email }) => post('/api/find_status', '', form({ reference: number, proof: customer_email })))
  note('status.find', await load(server, finds, { seconds, accept: API }))
  // Not more at once than one address may try at without a pause.
  note('status.find.many', await load(server, finds, { seconds, accept: API, connections: 16 }))
  const found = await server.ask('POST', '/api/find_status', { body: finds[0][3] })
  const cookie = found.headers['set-cookie']?.[0]?.split(';')[0]
  if (!cookie) throw new Error(`no way into the status page: ${found.status}`)
  note('status', await load(server, [get(`/status/${known[0].number}`, cookie)], { seconds }))

  const numbers = known.slice(0, 100).map(({ number }) => number)
  const protocols = numbers.map((number) => get(`/cases/${number}/documents/protocol`, staff.cookie))
  note('protocol', await load(server, protocols, { seconds }))
  note('protocol.many', await load(server, protocols, { seconds, connections: AT_ONCE }))
  const batch = [get(`/rma/labels?${numbers.map((number) => `number=${number}`).join('&')}`, staff.cookie)]
  note('labels', await load(server, batch, { seconds: Math.max(3, seconds) }))

  // What staff notice of forms and PDFs that are asked for at the same time.
  const cases = staff.cases.map(({ number }) => get(`/cases/${number}`, staff.cookie))
  const alone = await load(server, cases, { seconds, connections: 2 })
  const [beside] = await Promise.all([
    load(server, cases, { seconds, connections: 2 }),
    load(server, [...protocols.slice(0, 4), ...Array.from({ length: 16 }, () => view[0])], { seconds, connections: 2 }),
  ])
  note('staff', { alone: alone.p50, beside: beside.p50, times: beside.p50 / alone.p50 })
}
