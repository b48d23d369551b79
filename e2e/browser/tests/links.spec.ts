import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from '../support/test.ts';

const clientFolder = fileURLToPath(new URL('../../../client-js/', import.meta.url));

test.use({ flags: ['--open', '--rate.message=6000/60s', '--limits.connectionsPerAddress=50', '--limits.readsPerAddress=1000/1s'] });

test('the transports of the client library, in Node, agree with the server', async ({ server }) => {
  const env = { ...process.env, PEAL_URL: server.url };
  await promisify(execFile)('npx', ['vitest', 'run', 'test/live'], { cwd: clientFolder, env }).catch(({ stdout }: { stdout: string }) => {
    throw new Error(stdout);
  });
});
