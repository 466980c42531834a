// A server for one measure: its process, its session, its memory.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = join(import.meta.dirname, "../../dist/redress");

export async function freePort() {
  return await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class Server {
  /** `databaseUrl` undefined is SQLite in a fresh data folder. */
  static async prepare(cases, databaseUrl) {
    const server = new Server();
    server.port = await freePort();
    server.base = `http://127.0.0.1:${server.port}`;
    server.folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), "redress-bench-"));
    server.env = {
      ...process.env,
      REDRESS_LISTEN: `127.0.0.1:${server.port}`,
      REDRESS_PUBLIC_URL: server.base,
      REDRESS_DATA_DIR: server.folder,
      REDRESS_LOG_LEVEL: "warn",
      ...(databaseUrl && { REDRESS_DATABASE_URL: databaseUrl }),
    };
    const begun = performance.now();
    execFileSync(binary, ["demo", "--cases", String(cases)], { env: server.env, stdio: ["ignore", "ignore", "inherit"] });
    server.generated = (performance.now() - begun) / 1000;
    return server;
  }

  /** Milliseconds until it answers. */
  async start() {
    const begun = performance.now();
    this.process = spawn(binary, ["serve"], { env: this.env, stdio: ["ignore", "ignore", "inherit"] });
    for (;;) {
      try {
        if ((await fetch(`${this.base}/health`)).ok) return performance.now() - begun;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      if (this.process.exitCode !== null) throw new Error("the server has ended");
    }
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }

  /** Resident memory in MiB now, and its peak. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
    const mib = (key) => Number(status.match(new RegExp(`${key}:\\s+(\\d+)`))[1]) / 1024;
    return { now: mib("VmRSS"), peak: mib("VmHWM") };
  }

  /** A session's cookie. */
  async signIn(login, password) {
    const answer = await fetch(`${this.base}/api/sign_in`, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html", Origin: this.base },
      body: new URLSearchParams({ login, password, next: "" }),
    });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0];
    if (!cookie) throw new Error(`sign-in failed: ${answer.status} ${answer.headers.get("location")}`);
    return cookie;
  }
}
