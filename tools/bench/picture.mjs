// A picture from the phone's post to the live event of the open case; and the picture itself.
//
//   node picture.mjs FILE   makes a JPEG of about 4 MB as a phone's camera of 12 megapixels makes it, unless it is there
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const PER_CASE = 12
const MEGABYTES = 4

/** Chromium as the browser tests have it: their playwright-core, and the system's browser where there is one. */
export function browser() {
  const require = createRequire(join(import.meta.dirname, '../../end2end/package.json'))
  const places = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']
  const executablePath = process.env.CHROMIUM ?? places.find((path) => existsSync(path))
  // Without a sandbox, since containers run as root.
  return require('playwright-core').chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** Drawn from the demo's photographs, with the noise of a sensor, which is what makes a photograph large. */
export async function makePicture(file) {
  const folder = join(import.meta.dirname, '../../server/demo')
  const photos = ['damage-shoe', 'item-shoe', 'receipt-nb-1', 'damage-chair'].map((name) => readFileSync(join(folder, `${name}.jpg`)).toString('base64'))
  const chromium = await browser()
  try {
    const page = await chromium.newPage()
    const jpeg = await page.evaluate(draw, { photos, bytes: MEGABYTES * 1e6 })
    writeFileSync(file, Buffer.from(jpeg, 'base64'))
  } finally {
    await chromium.close()
  }
}

/** Runs in the browser. */
async function draw({ photos, bytes }) {
  const canvas = new OffscreenCanvas(4032, 3024)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  for (const [at, photo] of photos.entries()) {
    const blob = await (await fetch(`data:image/jpeg;base64,${photo}`)).blob()
    const half = [canvas.width / 2, canvas.height / 2]
    pen.drawImage(await createImageBitmap(blob), (at % 2) * half[0], Math.floor(at / 2) * half[1], ...half)
  }
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height)
  let state = 1
  for (let at = 0; at < pixels.data.length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const noise = (state >>> 27) - 16
    for (let colour = 0; colour < 3; colour++) pixels.data[at + colour] += noise
  }
  pen.putImageData(pixels, 0, 0)
  let [low, high, best] = [0.3, 0.98, undefined]
  for (let tries = 0; tries < 7; tries++) {
    const quality = (low + high) / 2
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    if (!best || Math.abs(blob.size - bytes) < Math.abs(best.size - bytes)) best = blob
    if (blob.size > bytes) high = quality
    else low = quality
  }
  const data = new Uint8Array(await best.arrayBuffer())
  let text = ''
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000))
  return btoa(text)
}

let sent = 0
/** The body of a post as the phone's page sends it; a comment in the JPEG makes it a picture of its own. */
function body(jpeg) {
  sent += 1
  const words = Buffer.from(`bench ${process.pid} ${sent} ${Math.random()}`)
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, words.length + 2]), words])
  const boundary = 'redress-bench-boundary'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="kind"\r\n\r\ndamage\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="photo.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`
  const parts = [Buffer.from(head), jpeg.subarray(0, 2), comment, jpeg.subarray(2), Buffer.from(`\r\n--${boundary}--\r\n`)]
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) }
}

/** The open case's events; `next` waits for the one after those that have come. */
function listen(server, cookie, id) {
  return new Promise((resolve, reject) => {
    let waiting = () => {}
    const asked = request({ host: '127.0.0.1', port: server.port, path: `/live?case=${id}`, headers: { Cookie: cookie, Accept: 'text/event-stream' }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`live events: ${answer.statusCode}`))
      answer.on('data', (data) => data.toString().includes('event: changed') && waiting())
      answer.once('data', () => resolve({ next: () => new Promise((done) => (waiting = done)), close: () => asked.destroy() }))
      // It is cut when the measure is over.
      answer.on('error', () => {})
    })
    asked.on('error', reject)
    asked.end()
  })
}

const open = async (server, cookie, id) => `${await server.phonePage(cookie, id)}/files`

async function send(server, path, jpeg) {
  const answer = await server.ask('POST', path, body(jpeg))
  if (answer.status !== 200) throw new Error(`the picture was not taken: ${answer.status} ${answer.text.slice(0, 200)}`)
}

/** Milliseconds of `count` pictures, one after the other, from the post's first byte to the event; ascending. */
export async function postToEvent(server, reader, cases, file, count) {
  const jpeg = readFileSync(file)
  const times = []
  for (let at = 0; times.length < count; at++) {
    const { id } = cases[at]
    const path = await open(server, reader.cookie, id)
    const live = await listen(server, reader.cookie, id)
    for (let turn = 0; turn < PER_CASE && times.length < count; turn++) {
      const event = live.next()
      const begun = performance.now()
      const answered = send(server, path, jpeg)
      await Promise.all([event.then(() => times.push(performance.now() - begun)), answered])
    }
    live.close()
  }
  return times.sort((a, b) => a - b)
}

/** So many phones at once, each with one picture for a case of its own. */
export async function together(server, reader, cases, file, count) {
  const jpeg = readFileSync(file)
  const paths = await Promise.all(cases.slice(0, count).map(({ id }) => open(server, reader.cookie, id)))
  await Promise.all(paths.map((path) => send(server, path, jpeg)))
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = process.argv[2]
  if (!existsSync(file)) await makePicture(file)
  console.error(`    picture: ${(readFileSync(file).length / 1e6).toFixed(1)} MB`)
}
