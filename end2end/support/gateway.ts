import { createServer, type Server as HttpServer } from 'node:http'

/** An SMS as the gateway took it. */
export interface Sms {
  to: string
  text: string
}

/** Speaks as SMSAPI does and keeps what it is given. One for each worker; take a number of your own in each test. */
export class Gateway {
  static readonly token = 'a-token-of-the-tests'
  private taken: Sms[] = []

  private constructor(
    private server: HttpServer,
    readonly url: string,
  ) {}

  static async open(): Promise<Gateway> {
    let gateway: Gateway
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (data: Buffer) => (body += data.toString()))
      request.on('end', () => {
        const fields = new URLSearchParams(body)
        const allowed = request.url === '/sms.do' && request.headers.authorization === `Bearer ${Gateway.token}`
        if (allowed) gateway.taken.push({ to: fields.get('to') ?? '', text: fields.get('message') ?? '' })
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(allowed ? { count: 1, list: [{ id: '1', status: 'QUEUE', error: null }] } : { error: 101, message: 'Authorization failed' }))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
    gateway = new Gateway(server, `http://127.0.0.1:${address.port}`)
    return gateway
  }

  /** The first link of that kind that came to a number, now or soon. */
  async link(to: string, path: string, timeout = 10_000): Promise<string> {
    const until = Date.now() + timeout
    for (;;) {
      const links = this.taken.filter((sms) => sms.to === to).flatMap(({ text }) => text.match(/https?:\S+/g) ?? [])
      const found = links.find((link) => link.includes(path))
      if (found) return found
      if (Date.now() > until) throw new Error(`no SMS to ${to} with ${path} within ${timeout} ms: ${JSON.stringify(this.taken)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }
}
