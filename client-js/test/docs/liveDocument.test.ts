import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../../src/index.js';
import { Delta, type LiveDocument, openDocument } from '../../src/docs/index.js';
import { FakeServer } from '../../src/testing/index.js';

let server: FakeServer;
let clients: Client[];

beforeEach(() => {
  server = new FakeServer();
  clients = [];
});
afterEach(() => clients.forEach((client) => client.stop()));

function open(user: string): LiveDocument {
  const client = new Client('http://peal.test', server.options({ token: user })).start();
  clients.push(client);
  return openDocument(client, 'plan');
}

const insert = (text: string, at = 0) => new Delta().retain(at).insert(text);

test('two people write at the same place at the same time and see the same', async () => {
  const [ann, bob] = [open('ann'), open('bob')];
  await server.advance(100);
  expect(ann.state).toMatchObject({ kind: 'live', saved: true, role: 'editor' });
  ann.edit(insert('one '));
  bob.edit(insert('two '));
  expect(ann.content.text).toBe('one ');
  expect(ann.state).toMatchObject({ saved: false, pending: 1 });
  await server.advance(100);
  expect(ann.content.text).toBe('one two ');
  expect(bob.content).toEqual(ann.content);
  expect(server.document('plan').content).toEqual(ann.content);
  expect(ann.state).toMatchObject({ saved: true, pending: 0, revision: 2 });
  expect([...ann.users.keys()].sort()).toEqual(['ann', 'bob']);
});
