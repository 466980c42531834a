// Every measure of one database of one size; writes the figures as JSON and says on stderr where it is.
//
//   node run.mjs --dist DIR --data DIR [--url postgres://… --pgbench FILE] --cases N --database NAME --picture FILE --out FILE
//
// --data is a copy: the saves and pictures stay in it. BENCH_SECONDS: how long each load lasts (3).
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import * as baseline from './baseline.mjs'
import { bulk } from './bulk.mjs'
import { customers } from './customers.mjs'
import { postToEvent, together } from './picture.mjs'
import { Database, lists, readers, saves, texts } from './sample.mjs'
import { Server } from './server.mjs'
import { get, load, post, shuffled } from './wrk.mjs'

const names = ['dist', 'data', 'url', 'pgbench', 'cases', 'database', 'picture', 'out']
const { values: asked } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) })

const seconds = Number(process.env.BENCH_SECONDS ?? 3)
const STARTS = 9
const PICTURES = 24
const AT_ONCE = 32
/** What a script takes, unlike a person. */
const API = 'application/octet-stream, application/json'
/** As many as a browser's search field shows below itself. */
const FEW = 8

const figures = { database: asked.database, cases: Number(asked.cases), load: loadavg()[0], measures: {} }
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

function note(name, figure) {
  figures.measures[name] = figure
  const short = Object.entries(figure).map(([key, value]) => `${key} ${Number(value.toPrecision(3))}`)
  console.error(`    ${name}: ${short.join(', ')}`)
}

async function startUp(server) {
  const times = []
  for (let turn = 0; turn < STARTS; turn++) {
    times.push(await server.start())
    if (turn < STARTS - 1) await server.stop()
  }
  note('start', { median: middle(times), max: Math.max(...times) })
}

/** By what is typed: the answers below the field as one types, and the page of all that is found. */
async function searches(server, people) {
  const all = await texts(server, people)
  for (const [kind, list] of Object.entries(all)) {
    const field = list.map(({ reader, text }) => post('/api/search', reader.cookie, new URLSearchParams({ text, limit: FEW }).toString()))
    note(`field.${kind}`, await load(server, field, { seconds, accept: API }))
    const page = list.map(({ reader, text }) => get(`/search?${new URLSearchParams({ q: text })}`, reader.cookie))
    note(`search.${kind}`, await load(server, page, { seconds }))
  }
}

async function pages(server, people) {
  const all = lists(people)
  const of = (list) => list.map(({ reader, path }) => get(path, reader.cookie))
  note('list.first', await load(server, of(all.first), { seconds }))
  note('list.deep', await load(server, of(all.deep), { seconds }))
  note('list.word', await load(server, of(all.word), { seconds }))
  // Everybody's, of those who handle cases.
  const handlers = people.filter(({ login }) => login !== 'kari')
  note('today', await load(server, handlers.map((reader) => get('/?whose=all', reader.cookie)), { seconds }))
  const cases = shuffled(people.flatMap(({ cases, cookie }) => cases.map(({ number }) => get(`/cases/${number}`, cookie))))
  note('case', await load(server, cases, { seconds }))
  note('case.many', await load(server, cases, { connections: AT_ONCE, seconds: 2 * seconds }))
  return { lists: of(all.first), cases }
}

/** Of all stores over a year: the first look, which reads every case; those that follow; and what stands behind the numbers. */
async function statistics(server, people) {
  const { cookie } = people.find(({ login }) => login === 'ada')
  const before = server.memory().own
  const begun = performance.now()
  const page = await server.ask('GET', '/statistics', { cookie, accept: 'text/html' })
  if (page.status !== 200) throw new Error(`the statistics were answered with ${page.status}`)
  note('statistics.first', { ms: performance.now() - begun, own: server.memory().own - before })
  const asked = people.filter(({ login }) => login !== 'kari').map((reader) => get('/statistics', reader.cookie))
  note('statistics', await load(server, asked, { seconds }))
  const links = [...page.text.matchAll(/href="(\/cases\?list=all[^"]*)"/g)].map(([, link]) => get(link.replaceAll('&amp;', '&'), cookie))
  note('statistics.list', await load(server, shuffled(links), { seconds }))
}

/** As after a release with another table of deadlines: every case that is not archived is worked out anew. */
async function deadlines(server, database) {
  await server.stop()
  database.forgetDeadlines()
  const begun = performance.now()
  await server.start()
  while (!database.deadlinesDone()) await pause(20)
  note('deadlines', { ms: performance.now() - begun })
}

async function saving(server, database) {
  const forms = await saves(server, database)
  const requests = forms.map(({ cookie, body }) => post('/api/register_case', cookie, body))
  for (const [name, connections] of [['save.one', 1], ['save.many', AT_ONCE]]) {
    const before = database.last()
    const figure = await load(server, requests, { connections, seconds: 2 * seconds, accept: API })
    const made = database.after(before)
    // An answer that is no case would be quick.
    if (made < figure.count) throw new Error(`${figure.count} saves were answered, but only ${made} cases were made`)
    note(name, figure)
  }
  return requests
}

/** Everything at once, by as many as there are tills and offices: what memory that takes. */
async function underLoad(server, { lists, cases }, saves) {
  const mixed = shuffled([...lists.slice(0, 300), ...cases.slice(0, 1500)])
  note('memory.load', await server.peak(async () => {
    // It goes on, so that a fault under load is told beside the other figures.
    note('mixed', await load(server, mixed, { connections: AT_ONCE, seconds: 2 * seconds, mayFail: true }))
    await load(server, saves, { connections: AT_ONCE, seconds, accept: API })
  }))
}

async function pictures(server, people) {
  const reader = people.find(({ login }) => login === 'hans')
  const cases = reader.open.slice(0, 40)
  const times = await postToEvent(server, reader, cases, asked.picture, PICTURES)
  note('picture', { median: middle(times), max: Math.max(...times) })
  note('memory.pictures', await server.peak(() => together(server, reader, cases.slice(8), asked.picture, 16)))
}

const database = new Database({ data: asked.data, url: asked.url })
const server = await Server.make({ dist: asked.dist, data: asked.data, url: asked.url })
try {
  await startUp(server)
  await pause(2000)
  const { resident, own } = server.memory()
  note('memory.rest', { resident, own })
  note('http', await baseline.http(server))
  const people = await readers(server, database)
  await searches(server, people)
  const seen = await pages(server, people)
  await deadlines(server, database)
  await statistics(server, people)
  // Right before what they are the measure of: a disk's sync differs from minute to minute on a shared machine.
  note('disk', baseline.disk(asked.data))
  if (asked.url && asked.pgbench) note('postgres', baseline.postgres(asked.url, asked.pgbench))
  const made = await saving(server, database)
  await bulk(server, database, people, note)
  await underLoad(server, seen, made)
  await pictures(server, people)
  await customers(server, database, people, note, seconds)
  figures.bytes = Number(execFileSync('du', ['-sb', asked.data]).toString().split('\t')[0])
} finally {
  await server.stop()
}
writeFileSync(asked.out, JSON.stringify(figures, undefined, 1) + '\n')
