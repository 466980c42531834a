// What a browser loads for the phone's page and for a case's page, from nothing: requests and bytes over the line, headers
// included, before the client (its script and its WebAssembly) and after it.
//
//   node pages.mjs --dist DIR --data DIR [--url postgres://…] --out FILE
//
// The page is whole and usable without the client, so "before" is everything but the client; the pictures of the case are
// counted apart, since a page is there before them. The service worker is kept out: it comes later and is no part of it.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { browser } from './picture.mjs'
import { Database } from './sample.mjs'
import { Server } from './server.mjs'

const names = ['dist', 'data', 'url', 'out']
const { values: asked } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) })

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true }
const DESK = { viewport: { width: 1440, height: 900 } }

/** Every request of a page with an empty cache, until the client is in and the line is still. */
async function loaded(chromium, options, server, path, cookie) {
  const context = await chromium.newContext({ ...options, serviceWorkers: 'block' })
  if (cookie) {
    const [name, value] = cookie.split('=')
    await context.addCookies([{ name, value, url: server.base }])
  }
  const page = await context.newPage()
  const line = await context.newCDPSession(page)
  await line.send('Network.enable')
  const requests = new Map()
  line.on('Network.responseReceived', ({ requestId, response, type }) => requests.set(requestId, { url: response.url, type, encoding: response.headers['content-encoding'] ?? '', status: response.status, bytes: 0 }))
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId)
    if (request) request.bytes = encodedDataLength
  })
  await page.goto(server.base + path)
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined, undefined, { timeout: 20_000 })
  // A case's page keeps its live events open, so that the line is never quite still.
  await page.waitForTimeout(1500)
  await context.close()
  const all = [...requests.values()].filter((request) => !request.url.startsWith('data:'))
  for (const { url, status } of all) if (status >= 400) throw new Error(`${url} was answered with ${status}`)
  const part = (list) => ({ requests: list.length, bytes: list.reduce((sum, request) => sum + request.bytes, 0) })
  const files = all.filter(({ url }) => /\.(js|wasm)$/.test(new URL(url).pathname))
  if (files.length < 2 || files.some(({ encoding }) => encoding !== 'br')) throw new Error('the client did not come compressed')
  // What the client asks for once it is in, and its line for live events, are its own as well.
  const client = all.filter((request) => files.includes(request) || ['EventSource', 'Fetch', 'XHR'].includes(request.type))
  const pictures = all.filter(({ url }) => /\/files\//.test(new URL(url).pathname))
  const before = all.filter((request) => !client.includes(request) && !pictures.includes(request))
  for (const { url, bytes } of all) console.error(`      ${bytes} ${new URL(url).pathname.replace(/\/u\/\w+/, '/u/…')}`)
  return { before: part(before), files: part(files), client: part(client), pictures: part(pictures), after: part(all) }
}

const server = await Server.make({ dist: asked.dist, data: asked.data, url: asked.url })
const database = new Database({ data: asked.data, url: asked.url })
let chromium
try {
  await server.start()
  chromium = await browser()
  const cookie = await server.signIn('hans')
  // Of Oslo, where hans handles: the newest with pictures.
  const [{ id, number }] = database.rows(
    "select cases.id, cases.number from cases join stores on stores.id = cases.store_id where stores.code = 'OSLO' and cases.archived = 0 and cases.thumbnail_id is not null order by cases.seq desc limit 1",
  )
  const phone = await server.phonePage(cookie, id)
  const figures = {}
  console.error('    the phone page')
  figures.phone = await loaded(chromium, PHONE, server, phone)
  console.error('    a case page with pictures')
  figures.case = await loaded(chromium, DESK, server, `/cases/${number}`, cookie)
  console.error('    the form of a customer')
  figures.report = await loaded(chromium, PHONE, server, '/report/new?type=shoes')
  writeFileSync(asked.out, JSON.stringify(figures, undefined, 1) + '\n')
} finally {
  await chromium?.close()
  await server.stop()
}
