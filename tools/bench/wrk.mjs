// One measure by wrk: the same requests in turn for some seconds, over loopback, from this very machine.
import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
let loads = 0
const script = join(import.meta.dirname, 'load.lua')

/** What load.lua replaces in a body each time it is sent. */
export const MARK_ID = 'UUID'.repeat(9)
export const MARK_NUMBER = 'NUMB'.repeat(2)

/** A request: method, path, cookie, body. */
export const get = (path, cookie = '') => ['GET', path, cookie]
export const post = (path, cookie, body) => ['POST', path, cookie, body]

/**
 * Answers requests a second, latencies in milliseconds, and what it cost in processor time: of the server for one request,
 * and how many cores were busy with everything. Throws when an answer was an error, since an error is quick; `mayFail` counts
 * them instead.
 */
export async function load(server, requests, { connections = 1, seconds = 3, accept, mayFail = false } = {}) {
  if (requests.length === 0) throw new Error('nothing to ask')
  const file = join(tmpdir(), `redress-bench-${process.pid}-${(loads += 1)}.txt`)
  writeFileSync(file, requests.map((request) => request.join('\t')).join('\n') + '\n')
  const args = ['-t', 1, '-c', connections, '-d', `${seconds}s`, '--timeout', '30s', '-s', script, server.base].map(String)
  const env = { ...process.env, BENCH_REQUESTS: file, BENCH_ORIGIN: server.base }
  if (accept) env.BENCH_ACCEPT = accept
  try {
    const before = [server.cpuSeconds(), server.busySeconds()]
    const { stdout } = await run('wrk', args, { env, maxBuffer: 1 << 24 })
    const after = [server.cpuSeconds(), server.busySeconds()]
    const line = stdout.match(/^BENCH (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$/m)
    if (!line) throw new Error(`wrk said: ${stdout}`)
    const [count, micros, failed, p50, p99, max] = line.slice(1).map(Number)
    if (failed > 0 && !mayFail) throw new Error(`${failed} of ${count} answers were errors, such as to ${requests[0].slice(0, 2).join(' ')}`)
    if (count === 0) throw new Error(`no answer within ${seconds} s: ${requests[0].slice(0, 2).join(' ')}`)
    return {
      count,
      failed,
      perSecond: (count / micros) * 1e6,
      p50: p50 / 1000,
      p99: p99 / 1000,
      max: max / 1000,
      serverCpuMs: ((after[0] - before[0]) / count) * 1000,
      coresBusy: Math.min(((after[1] - before[1]) / micros) * 1e6, cpus().length),
    }
  } finally {
    rmSync(file, { force: true })
  }
}

/** The same things in another order, the same each time: a run is to be compared with the one before. */
export function shuffled(list) {
  let state = 2463534242
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  }
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1))
    ;[copy[at], copy[other]] = [copy[other], copy[at]]
  }
  return copy
}
