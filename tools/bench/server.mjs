// The server that is measured: its process, its sessions, its memory and processor time.
import { spawn } from 'node:child_process'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** Everybody's in the demo chain. */
const PASSWORD = 'redress-demo'
/** Of /proc's clocks, on every Linux of today. */
const TICKS = 100

/** Servers that must not outlive this process, however it ends. */
const running = new Set()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))
for (const [signal, code] of [['SIGTERM', 143], ['SIGINT', 130]]) process.on(signal, () => process.exit(code))

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

export class Server {
  /** `dist` holds the binary and the site; without `url` the database is SQLite in `data`. */
  static async make({ dist, data, url }) {
    const server = new Server()
    server.binary = join(dist, 'redress')
    server.port = await freePort()
    server.base = `http://127.0.0.1:${server.port}`
    server.log = join(data, 'server.log')
    server.agent = new Agent({ keepAlive: true })
    // Nothing of the person's own configuration gets in; all else is as a shop has it, the log too.
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REDRESS_')))
    server.env = {
      ...clean,
      REDRESS_LISTEN: `127.0.0.1:${server.port}`,
      REDRESS_PUBLIC_URL: server.base,
      REDRESS_DATA_DIR: data,
      // All of the load comes from one address.
      REDRESS_STRANGERS_PER_SECOND: '0',
      REDRESS_REPORTS_PER_HOUR: '100000000',
      ...(url && { REDRESS_DATABASE_URL: url }),
    }
    return server
  }

  /** Milliseconds from the start of the process until it has answered with the database's help. */
  async start() {
    const begun = performance.now()
    const log = openSync(this.log, 'a')
    const child = spawn(this.binary, ['serve'], { env: this.env, stdio: ['ignore', log, log] })
    this.process = child
    running.add(child)
    child.once('exit', () => running.delete(child))
    for (;;) {
      const answer = await this.ask('GET', '/health').catch(() => undefined)
      if (answer?.status === 200) return performance.now() - begun
      if (child.exitCode !== null) throw new Error(`the server has ended:\n${readFileSync(this.log, 'utf8')}`)
      if (performance.now() - begun > 60_000) throw new Error('the server does not answer')
      await pause(1)
    }
  }

  async stop() {
    const child = this.process
    this.process = undefined
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 25_000)
    await ended
    clearTimeout(timer)
  }

  /** One request; `body` is a Buffer or a text. Answers status, headers and the body as text. */
  ask(method, path, { cookie, type, accept = 'application/json', body } = {}) {
    const headers = { Accept: accept, Origin: this.base }
    if (cookie) headers.Cookie = cookie
    if (body !== undefined) {
      headers['Content-Type'] = type ?? 'application/x-www-form-urlencoded'
      headers['Content-Length'] = Buffer.byteLength(body)
    }
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent }, (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }))
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }

  /** The phone's page for a case, from the dialog that shows its code: its path. */
  async phonePage(cookie, id) {
    const answer = await this.ask('POST', '/api/phone_link', { cookie, body: JSON.stringify({ case: id }), type: 'application/json' })
    // Whatever it is encoded in, the address stands in it.
    const path = answer.status === 200 && answer.text.match(/\/u\/[0-9a-f]{32}/)?.[0]
    if (!path) throw new Error(`no link for a phone: ${answer.status} ${answer.text.slice(0, 200)}`)
    return path
  }

  /** The cookie of a session. */
  async signIn(login) {
    const body = new URLSearchParams({ login, password: PASSWORD, next: '' }).toString()
    const answer = await this.ask('POST', '/api/sign_in', { body, accept: 'text/html' })
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0]
    if (!cookie) throw new Error(`${login} cannot sign in: ${answer.status} ${answer.headers.location}`)
    return cookie
  }

  /** MiB: resident, its peak since `forgetPeak`, and what of it is no file's page (SQLite maps its database). */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8')
    const mib = (key) => Number(status.match(new RegExp(`^${key}:\\s+(\\d+)`, 'm'))[1]) / 1024
    return { resident: mib('VmRSS'), peak: mib('VmHWM'), own: mib('RssAnon') }
  }

  forgetPeak() {
    writeFileSync(`/proc/${this.process.pid}/clear_refs`, '5')
  }

  /** The most memory that it has while `work` runs. */
  async peak(work) {
    this.forgetPeak()
    let own = 0
    const watch = setInterval(() => (own = Math.max(own, this.memory().own)), 20)
    try {
      await work()
      return { peak: this.memory().peak, own }
    } finally {
      clearInterval(watch)
    }
  }

  /** Processor time of the server since its start. */
  cpuSeconds() {
    const fields = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  }

  /** Processor time of everything on this machine. */
  busySeconds() {
    const [user, nice, system, , , irq, soft] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/).slice(1).map(Number)
    return (user + nice + system + irq + soft) / TICKS
  }
}
