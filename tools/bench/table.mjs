// One table of all figures, the aim beside each; a figure that misses it is marked. Markdown, so that it can stand in docs/.
//
//   node table.mjs pages.json sqlite-10000.json postgres-10000.json …
import { readFileSync } from 'node:fs'

const [pages, ...runs] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
let missed = 0

const digits = (number) => (number >= 100 ? Math.round(number).toLocaleString('en') : String(Number(number.toPrecision(2))))
const mark = (text, fails) => {
  if (fails) missed += 1
  return fails ? `**${text}** ✗` : text
}

/**
 * A latency: median and 99 %, and in brackets the server's processor time, which tells of a busy machine what the latencies
 * cannot. At a million cases twice the aim is allowed.
 */
const latency = (name, label, aim) => ({
  label,
  aim: aim ? `99 % < ${aim} ms` : '',
  cell: ({ measures, cases }) => {
    const { p50, p99, serverCpuMs } = measures[name]
    return mark(`${digits(p50)} / ${digits(p99)}`, aim && p99 >= aim * (cases >= 1_000_000 ? 2 : 1)) + ` (${digits(serverCpuMs)})`
  },
})
const atLeast = (name, label, aim) => ({
  label,
  aim: `> ${aim.toLocaleString('en')}`,
  cell: ({ measures }) => mark(digits(measures[name].perSecond), measures[name].perSecond <= aim),
})
const atMost = (name, key, label, aim, unit) => ({
  label,
  aim: aim ? `< ${aim} ${unit}` : '',
  cell: ({ measures }) => {
    const figure = measures[name]?.[key]
    return figure === undefined ? '–' : mark(digits(figure), aim && figure >= aim)
  },
})
const title = (label) => ({ title: label })

const rows = [
  title('The machine beside it'),
  atMost('disk', 'p50', "disk: 8 KiB written in place and synced, median, ms"),
  atMost('disk', 'append50', "disk: 8 KiB appended and synced, median, ms"),
  atMost('http', 'p50', 'HTTP: a small file from memory, median, ms'),
  atMost('postgres', 'select', "PostgreSQL's own `select 1`, ms"),
  atMost('postgres', 'commit', "PostgreSQL's own commit of one row, ms"),
  atMost('postgres', 'commits32', "PostgreSQL's own commits of one row, 32 at once, a second"),
  title('Search, below the field while typing (8 answers): median / 99 % (processor), ms'),
  latency('field.number', 'by number', 5),
  latency('field.receipt', 'by receipt', 5),
  latency('field.name', 'by name', 10),
  latency('field.email', 'by e-mail', 10),
  latency('field.phone', 'by phone', 10),
  latency('field.word', 'by a word', 10),
  latency('field.words', 'by surname and a word', 10),
  latency('field.start', 'by three letters of a name', 10),
  title('Search, the page of results (up to 50): median / 99 % (processor), ms'),
  latency('search.number', 'by number (leads to the case)', 5),
  latency('search.receipt', 'by receipt', 5),
  latency('search.name', 'by name', 10),
  latency('search.email', 'by e-mail', 10),
  latency('search.phone', 'by phone', 10),
  latency('search.word', 'by a word', 10),
  latency('search.words', 'by surname and a word', 10),
  latency('search.start', 'by three letters of a name', 10),
  title('Pages: median / 99 % (processor), ms'),
  latency('list.first', 'first page of a list', 10),
  latency('list.deep', 'a page deep in a list', 10),
  latency('list.word', 'the archive, filtered by a word', 10),
  latency('today', 'the start page of a handler', 50),
  latency('case', 'case page', 7),
  atMost('deadlines', 'ms', 'the deadlines of all cases worked out anew, from the start of the server, ms', 20000, 'ms'),
  title('Statistics over a year'),
  atMost('statistics', 'p50', 'the page: median, ms'),
  atMost('statistics', 'p99', 'the page: 99 %, ms', 300, 'ms'),
  latency('statistics.list', 'the cases behind a number: median / 99 % (processor), ms'),
  atMost('statistics.first', 'ms', 'the first look after a start, which reads every case, ms'),
  atMost('statistics.first', 'own', 'memory that it takes for good, MiB'),
  title('Many at once'),
  atLeast('case.many', 'case pages a second, 32 at once', 1000),
  atMost('case.many', 'serverCpuMs', "processor time of the server for one, ms"),
  atLeast('save.many', 'cases saved and committed a second, 32 at once', 1000),
  atMost('save.many', 'serverCpuMs', "processor time of the server for one, ms"),
  { label: 'lists and case pages, 32 at once: answers that were errors', aim: 'none', cell: ({ measures: { mixed } }) => mark(`${mixed.failed} of ${digits(mixed.count)}`, mixed.failed > 0) },
  latency('save.one', 'one case saved and committed, alone: median / 99 % (processor), ms'),
  { label: "the median beyond the disk's sync, or PostgreSQL's own commit, ms", aim: 'little', cell: ({ measures: { 'save.one': { p50 }, disk, postgres } }) => digits(Math.max(0, p50 - (postgres?.commit ?? disk.p50))) },
  title('A thousand cases changed in one go, ms'),
  atMost('bulk', 'look', 'each looked at, to say beforehand what will happen'),
  atMost('bulk', 'change', 'changed, until the last is committed', 3000, 'ms'),
  atMost('bulk', 'undo', 'taken back'),
  title('Picture of 4 MB, from the post to the live event'),
  atMost('picture', 'median', 'median, ms', 300, 'ms'),
  atMost('picture', 'max', 'slowest of 24, ms', 300, 'ms'),
  title('Customers: median / 99 % (processor), ms, or a second'),
  latency('form', 'first view of the form'),
  atLeast('form.many', 'first views a second, 32 at once', 300),
  atLeast('report.save', 'reports begun and saved a second, 32 at once', 300),
  latency('report.send', 'a report sent: numbers, and the letter with its link'),
  atLeast('report.send.many', 'reports sent a second, 32 at once', 300),
  latency('confirm', 'the link confirmed: the case, its letter'),
  atLeast('confirm.many', 'links confirmed a second, 32 at once', 300),
  latency('status.find', 'a case found by its number and the e-mail address (held back on purpose)'),
  latency('status', 'status page'),
  latency('protocol', 'protocol as PDF', 100),
  atMost('protocol.many', 'perSecond', 'protocols a second, 32 at once'),
  latency('labels', '100 labels as one PDF', 1000),
  atMost('staff', 'times', 'case page beside forms and PDFs: its median, times that alone', 2, ''),
  title('Memory (MiB) and start'),
  atMost('memory.rest', 'resident', 'at rest'),
  atMost('memory.load', 'peak', 'peak: 32 at once, lists, case pages and saves', 100, 'MB'),
  atMost('memory.load', 'own', 'of it the process’s own (no mapped files)'),
  atMost('memory.pictures', 'peak', 'peak: 16 pictures at once', 100, 'MB'),
  atMost('memory.pictures', 'own', 'of it the process’s own'),
  { label: 'start until it answers, median, ms', aim: '< 200 ms', cell: ({ measures }) => mark(digits(measures.start.median), measures.start.median >= 200) },
]

const line = (cells) => console.log(`| ${cells.join(' | ')} |`)
const databases = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
line(['', 'aim', ...runs.map(({ database, cases }) => `${databases[database]} ${cases.toLocaleString('en')}`)])
line(['---', '---', ...runs.map(() => '---:')])
for (const { title: heading, label, aim, cell } of rows) {
  if (heading) line([`**${heading}**`, '', ...runs.map(() => '')])
  else line([label, aim, ...runs.map(cell)])
}

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
const part = ({ requests, bytes }) => `${kilo(bytes)}, ${requests} ${requests === 1 ? 'request' : 'requests'}`
const page = (label, { before, client, pictures, after }, aim) => {
  line([label, part(before) + (before.bytes >= aim * 1000 ? mark('', true) : ''), `< ${aim} kB`, part(client), pictures.requests ? part(pictures) : '–', part(after)])
}
console.log()
line(['In Chromium, from nothing', 'usable after', 'aim', 'the client', "the case's pictures", 'all'])
line(['---', '---:', '---', '---:', '---:', '---:'])
page("the phone's page", pages.phone, 30)
page('a case page', pages.case, 40)
page("a customer's form", pages.report, 40)
const { bytes } = pages.phone.files
console.log(`\nThe whole client: ${mark(kilo(bytes), bytes >= 350_000)} compressed (aim: < 350 kB).`)
const loads = runs.map(({ load }) => load.toFixed(1)).join(', ')
console.log(`Load average of the machine at the beginning of each column: ${loads}. Figures that miss their aim: ${missed}.`)
