// One measure by wrk.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const script = join(import.meta.dirname, "load.lua");

/**
 * Repeats `requests` ([method, path, body?]) for some seconds at that many connections.
 * Answers requests a second and latencies in milliseconds; throws when an answer was an error, since an error is quick.
 */
export async function load(base, cookie, requests, { connections = 1, seconds = 5, accept, type } = {}) {
  const file = join(process.env.TMPDIR ?? "/tmp", `redress-bench-${process.pid}.txt`);
  await writeFile(file, requests.map((r) => r.join("\t")).join("\n") + "\n");
  const threads = Math.min(connections, 2);
  const args = ["-t", threads, "-c", connections, "-d", `${seconds}s`, "--timeout", "30s", "-s", script, base].map(String);
  const env = { ...process.env, BENCH_COOKIE: cookie, BENCH_REQUESTS: file, BENCH_ORIGIN: base };
  if (accept) env.BENCH_ACCEPT = accept;
  if (type) env.BENCH_TYPE = type;
  const { stdout } = await run("wrk", args, { env, maxBuffer: 1 << 24 });
  const line = stdout.match(/^BENCH (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$/m);
  if (!line) throw new Error(`wrk said: ${stdout}`);
  const [count, duration, failed, p50, p99, max] = line.slice(1).map(Number);
  if (failed > 0) throw new Error(`${failed} of ${count} answers were errors: ${requests[0].slice(0, 2).join(" ")}`);
  return { perSecond: (count / duration) * 1e6, p50: p50 / 1000, p99: p99 / 1000, max: max / 1000, count };
}
