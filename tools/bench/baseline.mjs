// What the machine itself needs, beside which the server's figures are to be read: a sync of the disk, an answer of an HTTP
// server that does nothing, a round trip to PostgreSQL and a commit of its own.
import { execFileSync } from 'node:child_process'
import { closeSync, fdatasyncSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { get, load } from './wrk.mjs'

const SYNCS = 400
const BLOCK = 8192

/** Milliseconds of a write of 8 KiB with its sync, in place as in a log that has its length, and at a file's end. */
export function disk(folder) {
  const path = join(folder, 'sync-probe')
  writeFileSync(path, Buffer.alloc(BLOCK * 64))
  const file = openSync(path, 'r+')
  const block = Buffer.alloc(BLOCK, 1)
  fdatasyncSync(file)
  const times = (place) => {
    const list = []
    for (let at = 0; at < SYNCS; at++) {
      const begun = performance.now()
      writeSync(file, block, 0, BLOCK, place(at) * BLOCK)
      fdatasyncSync(file)
      list.push(performance.now() - begun)
    }
    return list.sort((a, b) => a - b)
  }
  const inPlace = times((at) => at % 64)
  const appended = times((at) => 64 + at)
  closeSync(file)
  rmSync(path)
  return { p50: inPlace[SYNCS / 2], p99: inPlace[Math.floor(SYNCS * 0.99)], append50: appended[SYNCS / 2], append99: appended[Math.floor(SYNCS * 0.99)] }
}

/** The server's icon from memory: HTTP, the measuring program and loopback, without the database. */
export function http(server) {
  return load(server, [get('/icon.svg')], { seconds: 2 })
}

/** Milliseconds on average of `select 1` and of a committed row, and rows committed a second by 32 at once; by pgbench. */
export function postgres(url, pgbench) {
  const probe = new URL(url)
  probe.pathname = '/probe'
  const psql = (to, sql) => execFileSync('psql', ['-qX', '-d', String(to), '-c', sql], { stdio: ['ignore', 'ignore', 'inherit'] })
  psql(url, 'create database probe')
  psql(probe, 'create table probe (n integer not null)')
  const file = join(tmpdir(), `redress-bench-${process.pid}.sql`)
  const run = (sql, clients) => {
    writeFileSync(file, sql)
    const out = execFileSync(pgbench, ['-n', '-M', 'prepared', '-f', file, '-c', clients, '-T', 2, String(probe)].map(String), { stdio: ['ignore', 'pipe', 'ignore'] })
    return { ms: Number(String(out).match(/latency average = ([\d.]+)/)[1]), perSecond: Number(String(out).match(/tps = ([\d.]+)/)[1]) }
  }
  try {
    return {
      select: run('select 1;', 1).ms,
      commit: run('insert into probe values (1);', 1).ms,
      commits32: run('insert into probe values (1);', 32).perSecond,
    }
  } finally {
    rmSync(file, { force: true })
  }
}
