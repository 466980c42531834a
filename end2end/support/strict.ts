import type { BrowserContext } from '@playwright/test'

/** Watches what the browser complains about: a test fails on any of it that it has not said to expect. */
export class Strict {
  private complaints: { text: string; status?: number }[] = []
  private statuses = new Set<number>()
  private texts: RegExp[] = []

  /** Expects answers with one of these statuses (a sign-in that is refused, a case of another store). */
  allowStatus(...statuses: number[]): void {
    for (const status of statuses) this.statuses.add(status)
  }

  /** Expects a complaint with these words. Say in the test why. */
  allow(text: RegExp): void {
    this.texts.push(text)
  }

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      const text = message.text()
      // Without script, or on a page that was left at once, the preloaded client is never used: no fault of the page.
      const bad = message.type() === 'error' || (message.type() === 'warning' && /hydrat|wasm|panic/i.test(text) && !text.includes('was preloaded using link preload'))
      // A page that was left while its client was still coming is no fault either.
      if (!bad || text.includes('Response body loading was aborted')) return
      const status = /responded with a status of (\d{3})/.exec(text)?.[1]
      this.complaints.push({ text: `console ${message.type()}: ${text} (${message.location().url})`, ...(status ? { status: Number(status) } : {}) })
    })
    context.on('weberror', (error) => this.complaints.push({ text: `page error: ${error.error().stack ?? error.error().message}` }))
    context.on('response', (response) => {
      if (response.status() >= 500) this.complaints.push({ text: `${response.status()} from ${response.request().method()} ${response.url()}`, status: response.status() })
    })
  }

  /** What was complained of and not allowed. */
  get unexpected(): string[] {
    return this.complaints
      .filter(({ text, status }) => !(status !== undefined && this.statuses.has(status)) && !this.texts.some((allowed) => allowed.test(text)))
      .map(({ text }) => text)
  }
}
