import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Server, serveCommand, serverEnvironment, serverFolder } from './server.ts';

const buildMillisMax = 15 * 60_000;

const clientFolder = fileURLToPath(new URL('../../../client-js/', import.meta.url));

/** Lets the launcher build what is stale before the first test, whose time does not count for that; and the client library. Then a server makes the archive of its classes. */
export default async function build(): Promise<void> {
  execFileSync('node', ['build/install.mjs'], { cwd: clientFolder, stdio: 'inherit', timeout: buildMillisMax });
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: clientFolder, stdio: ['ignore', 'ignore', 'inherit'], timeout: buildMillisMax });
  const [program = '', ...words] = serveCommand;
  execFileSync(program, [...words, '--help'], { cwd: serverFolder, env: serverEnvironment(), stdio: ['ignore', 'ignore', 'inherit'], timeout: buildMillisMax });
  const first = await Server.start(['--open', '--shutdown.drain=0s']);
  await fetch(first.url);
  await first.stop();
  await first.close();
}
