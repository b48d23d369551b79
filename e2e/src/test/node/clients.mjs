// Clients of the TypeScript library that do what standard input says, one JSON object a line, and say on standard output what they see. Ends with its input.
import { createInterface } from 'node:readline';
import { Client, polling, sse, websocket } from '../../../../client-js/dist/index.js';
import { openDocument } from '../../../../client-js/dist/docs.js';
import { seeded } from '../../../../client-js/dist/testing.js';
import { change } from './knownText.mjs';

/** The library's own waits are so many times as short, and those between attempts once more: a test cannot wait for a heart that beats every 30 s. */
const hurry = 10;

const transports = { websocket, sse, polling };
const clients = new Map();

const tell = (word) => process.stdout.write(`${JSON.stringify(word)}\n`);

const ambient = (seed, random = seeded(seed)) => ({
  now: () => Date.now() * hurry,
  setTimeout: (run, millis) => setTimeout(run, millis / hurry),
  clearTimeout,
  random: () => random() / hurry,
  online: true,
  onWake: () => () => {},
  WebSocket,
  fetch,
});

const orders = {
  enter({ client, url, transport, user, room: roomId, seed }) {
    const made = new Client(url, { userId: user, userName: user, transports: [transports[transport]], ambient: ambient(seed) });
    const room = made.room(roomId);
    room.on('joined', ({ epoch, offset, recovered, reason, oldest }) => tell({ client, joined: { epoch, offset, recovered, reason, oldest } }));
    room.on('entry', ({ offset, data }) => tell({ client, entry: { offset, text: data.message } }));
    clients.set(client, { made, room });
    made.start();
  },
  publish({ client, text }) {
    clients.get(client).room.publish(text).then(
      ({ epoch, offset }) => tell({ client, stored: { text, epoch, offset } }),
      ({ code }) => tell({ client, refused: { text, code } }),
    );
  },
  open({ client, url, user, document: documentId, seed }) {
    const made = new Client(url, { path: '/docs', userId: user, userName: user, ambient: ambient(seed) });
    const document = openDocument(made, documentId);
    document.on('state', () => tell({ client, state: { canEdit: document.canEdit, revision: document.state.revision } }));
    document.on('rejected', ({ refusal }) => tell({ client, failed: refusal.code }));
    clients.set(client, { made, document, random: seeded(seed) });
    made.start();
  },
  edit({ client, asked }) {
    const { document, random } = clients.get(client);
    const { ops, typed, deleted } = change(document.content.text, random);
    document.edit(ops);
    tell({ client, answered: { asked, typed, deleted } });
  },
  save({ client, asked }) {
    const { document } = clients.get(client);
    const off = document.on('state', look);
    function look() {
      if (!document.state.saved) return;
      off?.();
      tell({ client, answered: { asked } });
    }
    if (document.state.saved) look();
  },
  read({ client, asked }) {
    tell({ client, answered: { asked, content: { ops: clients.get(client).document.content.ops } } });
  },
  leave({ client }) {
    clients.get(client).made.stop();
    clients.delete(client);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...what } = JSON.parse(line);
  orders[order](what);
}
process.exit();
