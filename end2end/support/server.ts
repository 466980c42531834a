import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const binary = resolve(process.env.REDRESS_BIN ?? fileURLToPath(new URL('../../dist/redress', import.meta.url)))

/** Who `staff add` makes. */
export interface NewStaff {
  login: string
  name: string
  role: 'clerk' | 'handler' | 'admin'
  /** The store's code; may be left out for an admin. */
  store?: string
  email?: string
  language?: 'en' | 'nb' | 'pl'
  /** For the store's tablet. */
  pin?: string
  password: string
}

/** A `redress serve` of its own: fresh data folder, free port, configured by its environment alone. */
export class Server {
  private process: ChildProcess | undefined
  private lines = ''

  private constructor(
    readonly url: string,
    private folder: string,
    private env: NodeJS.ProcessEnv,
  ) {}

  static async make(settings: { smtp?: string; env?: Record<string, string> }): Promise<Server> {
    if (!existsSync(binary)) throw new Error(`${binary} is not there: run make build, or name one in REDRESS_BIN`)
    const folder = await mkdtemp(join(tmpdir(), 'redress-'))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    // Nothing of the person's own configuration gets in.
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REDRESS_')))
    const env: NodeJS.ProcessEnv = {
      ...clean,
      REDRESS_LISTEN: `127.0.0.1:${port}`,
      REDRESS_PUBLIC_URL: url,
      REDRESS_DATA_DIR: join(folder, 'data'),
      REDRESS_MAIL_FROM: 'reklamasjon@redress.example',
      ...(settings.smtp ? { REDRESS_SMTP_URL: settings.smtp } : {}),
      ...(process.env.REDRESS_SITE_DIR ? { REDRESS_SITE_DIR: process.env.REDRESS_SITE_DIR } : {}),
      ...settings.env,
    }
    return new Server(url, folder, env)
  }

  /** Runs another command of the same binary on the same data: `cli(['demo', '--cases', '12'])`. */
  cli(args: string[], input = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(binary, args, { env: this.env, cwd: this.folder, stdio: ['pipe', 'pipe', 'pipe'] })
      let out = ''
      let err = ''
      child.stdout.on('data', (data: Buffer) => (out += data.toString()))
      child.stderr.on('data', (data: Buffer) => (err += data.toString()))
      child.on('error', reject)
      child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`redress ${args.join(' ')} ended with ${code}:\n${out}${err}`))))
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    })
  }

  /** Changes the database behind the running server's back. */
  sql(statement: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn('sqlite3', ['-bail', join(this.folder, 'data', 'redress.db'), `pragma busy_timeout = 5000; ${statement}`])
      let err = ''
      child.stderr.on('data', (data: Buffer) => (err += data.toString()))
      child.on('error', reject)
      child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`sqlite3 ended with ${code}: ${err}`))))
    })
  }

  demo(cases: number): Promise<string> {
    return this.cli(['demo', '--cases', String(cases)])
  }

  addStaff({ login, name, role, store, email, language, pin, password }: NewStaff): Promise<string> {
    const args = ['staff', 'add', '--login', login, '--name', name, '--role', role]
    if (store) args.push('--store', store)
    if (email) args.push('--email', email)
    if (language) args.push('--language', language)
    if (pin) args.push('--pin', pin)
    return this.cli([...args, '--password-stdin'], `${password}\n`)
  }

  /** Starts and waits until it answers. With `later` its clock, and its alone, is so many days ahead. */
  async start({ later = 0 } = {}): Promise<void> {
    const env = later === 0 ? this.env : { ...this.env, ...ahead(later) }
    const child = spawn(binary, ['serve'], { env, cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] })
    this.process = child
    child.stdout.on('data', (data: Buffer) => (this.lines += data.toString()))
    child.stderr.on('data', (data: Buffer) => (this.lines += data.toString()))
    const until = Date.now() + 20_000
    for (;;) {
      if (child.exitCode !== null) throw new Error(`redress serve ended with ${child.exitCode}:\n${this.lines}`)
      const answers = await fetch(`${this.url}/health`).then((answer) => answer.ok, () => false)
      if (answers) return
      if (Date.now() > until) throw new Error(`redress serve does not answer at ${this.url}:\n${this.lines}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** What it has printed so far, the link for the first admin among it. */
  get output(): string {
    return this.lines
  }

  /** Ends it as a power cut would; the data folder stays, and `start` goes on with it. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
  }

  async remove(): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process
    this.process = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => {
      // Open event streams may keep a graceful stop waiting.
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000)
      child.on('close', () => {
        clearTimeout(timer)
        resolve()
      })
      child.kill(signal)
    })
  }
}

/** What has libfaketime move a program's wall clock; pauses and time-outs take as long as ever. */
function ahead(days: number): NodeJS.ProcessEnv {
  const library = ['x86_64-linux-gnu/', 'aarch64-linux-gnu/', ''].map((folder) => `/usr/lib/${folder}faketime/libfaketimeMT.so.1`).find((path) => existsSync(path))
  if (!library) throw new Error('libfaketime is not there: run make setup, or install the package faketime')
  return { LD_PRELOAD: library, FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}
