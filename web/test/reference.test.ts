import { expect, test } from 'vitest';
import document from '../../spec/src/main/resources/dev/peal/spec/asyncapi.json';
import { type AsyncApi, referenceOf } from '../src/asyncapi/reference';

const { client, server } = referenceOf(document as unknown as AsyncApi);
const find = (id: string) => [...client, ...server].find((message) => message.id === id);
const field = (id: string, path: string) => find(id)?.fields.find((one) => one.path === path);

test('every message is there, with an example and what answers it', () => {
  expect(client.length).toBeGreaterThan(10);
  expect(server.length).toBeGreaterThan(15);
  for (const message of [...client, ...server]) {
    expect(message.title).not.toBe('');
    expect(message.examples).not.toEqual([]);
    expect(message.fields[0]).toMatchObject({ path: 'type', type: JSON.stringify(message.type), required: true });
  }
  for (const { replies } of client) expect(replies.map(find)).not.toContain(undefined);
  expect(find('client.join_room')?.replies).toEqual(['server.joined', 'server.error']);
});

test.each([
  ['client.message', 'messageId', false, 'string', 'Makes a publish idempotent per room and sender. 1 to 64 characters'],
  ['client.message', 'data.message', true, 'string', 'What a person says, in code points. 1 to 1,000 characters'],
  ['client.join_room', 'data.since.offset', true, 'integer', '0 to 2^53−1'],
  ['server.joined', 'data.durability', true, '"disk" or "memory"', ''],
  ['server.authenticated', 'data.sessionId', false, 'string', '22 characters'],
  ['server.presence', 'data.members[].connections', true, 'integer', '0 to 2,147,483,647'],
  ['server.search_results', 'data.results[].highlights', true, 'array of array of integer', 'What matches in the message: the first code point and the one behind the last.'],
  ['server.search_results', 'data.results[].offset', true, 'integer', 'Of a stored entry; the first is 1. 1 to 2^53−1'],
])('%s %s', (id, path, required, type, rule) => {
  expect(field(id, path)).toEqual({ path, required, type, rule });
});
