import { execFileSync } from 'node:child_process';
import { serveCommand, serverEnvironment, serverFolder } from './server.ts';

/** Lets the launcher build what is stale before the first test, whose time does not count for that. */
export default function build(): void {
  const [program = '', ...words] = serveCommand;
  execFileSync(program, [...words, '--help'], { cwd: serverFolder, env: serverEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] });
}
