import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerAddress } from 'smtp-server'

/** A letter as the mail server took it. */
export interface Letter extends ParsedMail {
  /** Envelope: who it goes to, whatever its header says. */
  to_: string[]
  from_: string
}

/** A real SMTP server that keeps what it is given. One for each worker; take an address of your own in each test. */
export class Mailbox {
  private letters: Letter[] = []
  private refusals = new Map<string, string>()
  private waiting: (() => void)[] = []

  private constructor(
    private server: SMTPServer,
    readonly port: number,
  ) {}

  static async open(): Promise<Mailbox> {
    let box: Mailbox
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: (address, _session, done) => {
        const words = box.refusals.get(address.address.toLowerCase())
        done(words === undefined ? undefined : Object.assign(new Error(words.replace(/^\d{3} /, '')), { responseCode: Number(words.slice(0, 3)) }))
      },
      onData: (stream, session, done) => {
        simpleParser(stream).then(
          (mail) => {
            const { mailFrom, rcptTo } = session.envelope
            const from_ = mailFrom ? (mailFrom as SMTPServerAddress).address : ''
            box.letters.push(Object.assign(mail, { to_: rcptTo.map((to) => to.address.toLowerCase()), from_ }))
            for (const wake of box.waiting.splice(0)) wake()
            done()
          },
          (error: Error) => done(error),
        )
      },
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    // A client that drops its connection is no failure of the mailbox.
    server.on('error', () => {})
    const address = server.server.address()
    if (address === null || typeof address === 'string') throw new Error('the SMTP server has no port')
    box = new Mailbox(server, address.port)
    return box
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`
  }

  /** Everything that came for an address, oldest first. */
  all(to: string): Letter[] {
    return this.letters.filter((letter) => letter.to_.includes(to.toLowerCase()))
  }

  /** The first letter for an address whose subject or text matches, now or within `timeout` milliseconds. */
  async waitFor(to: string, matching: RegExp = /(?:)/, timeout = 10_000): Promise<Letter> {
    const until = Date.now() + timeout
    for (;;) {
      const found = this.all(to).find((letter) => matching.test(`${letter.subject ?? ''}\n${letter.text ?? ''}`))
      if (found) return found
      const left = until - Date.now()
      if (left <= 0) {
        const have = this.letters.map((letter) => `  ${letter.to_.join(', ')}: ${letter.subject}`).join('\n')
        throw new Error(`no letter to ${to} matching ${matching} within ${timeout} ms; the mailbox has:\n${have || '  nothing'}`)
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  /** From now on an address is refused with these words ("550 No such user"), until `accept`. */
  refuse(to: string, words: string): void {
    if (!/^[45]\d\d /.test(words)) throw new Error(`an SMTP answer begins with 4xx or 5xx: ${words}`)
    this.refusals.set(to.toLowerCase(), words)
  }

  accept(to: string): void {
    this.refusals.delete(to.toLowerCase())
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()))
  }
}

/** The links in a letter's text, as a customer would click them. */
export function links(letter: Letter): string[] {
  return (letter.text ?? '').match(/https?:\/\/[^\s<>"]+/g) ?? []
}
