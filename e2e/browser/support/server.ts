import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const serverFolder = fileURLToPath(new URL('..', import.meta.url));
/** In the variable: words separated by spaces, `serve` the last one. The flags of a test follow. */
export const serveCommand = (process.env['PEAL_SERVE_COMMAND'] ?? '../../peal serve').split(' ');
/** What a first server has loaded, for those after it: they start in half the time. */
const archive = fileURLToPath(new URL('../../target/classes.jsa', import.meta.url));
// A machine that has no folder for it refuses to start.
mkdirSync(dirname(archive), { recursive: true });
/** A test's server lives for seconds: the quick compiler pays, the thorough one does not. */
const shortLived = `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=${archive}"`;
/** Browsers open no page on it, the port of "amanda" (WHATWG Fetch, "bad port"). */
const portUnsafe = 10_080;
const startMillisMax = 60_000;
const outputKept = 8_000;

/** A server process of its own on a free port and a data folder of its own, which a test may kill and start again. */
export class Server {
  readonly url: string;
  readonly #port: number;
  readonly #data: string;
  readonly #flags: readonly string[];
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(port: number, data: string, flags: readonly string[]) {
    this.#port = port;
    this.#data = data;
    this.#flags = flags;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(flags: readonly string[] = []): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'peal-browser-'));
    const server = new Server(await freePort(), data, flags);
    await server.start();
    return server;
  }

  /** Starts it, again on the same port and data, and returns when it is ready. */
  async start(): Promise<void> {
    const [program = '', ...words] = serveCommand;
    const args = [...words, `--port=${this.#port}`, `--data=${this.#data}`, ...this.#flags];
    const child = spawn(program, args, { cwd: serverFolder, env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    const keep = (chunk: Buffer) => (this.#output = (this.#output + chunk).slice(-outputKept));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const failed = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`The server ended (${code ?? signal}):\n${this.#output}`)));
    });
    failed.catch(() => undefined);
    await Promise.race([this.#ready(), failed]);
  }

  /** A key to the server API. */
  async key(scopes: string): Promise<string> {
    const [program = '', ...words] = serveCommand;
    const args = [...words.slice(0, -1), 'api-key', 'create', `--scope=${scopes}`, `--data=${this.#data}`];
    const { stdout } = await promisify(execFile)(program, args, { cwd: serverFolder, env: serverEnvironment() });
    return stdout.trim();
  }

  /** As a power cut would: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** In good order. */
  async stop(): Promise<void> {
    const exited = once(this.#process!, 'exit');
    this.#process!.kill('SIGTERM');
    await exited;
    this.#process = undefined;
  }

  /** Loses everything that was stored. Only while it is not running. */
  async wipe(): Promise<void> {
    await rm(this.#data, { recursive: true, force: true });
    await mkdir(this.#data);
  }

  /** Not gracefully: nothing that it would save is wanted, and its connections are test pages. */
  async close(): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + startMillisMax;
    while (Date.now() < deadline) {
      if (await answers(`${this.url}/health/ready`)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The server was not ready after ${startMillisMax} ms:\n${this.#output}`);
  }
}

/** Without the tests' own `PEAL_…` variables: the server takes each for a setting, and refuses those it does not know. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PEAL_') || name === 'PEAL_JAVA_HOME');
  return { ...Object.fromEntries(kept), JAVA_TOOL_OPTIONS: shortLived };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Below those that systems give to outgoing connections: while a test has its server down, nobody else comes to have its port. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (port !== portUnsafe && !(await listens(port))) return port;
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1', () => resolve(true));
    probe.on('error', () => resolve(false));
    probe.on('connect', () => probe.destroy());
  });
}
