import { Client } from './client/index.js';
import { shared } from './client/worker.js';

const query = new URLSearchParams(location.search);
const name = query.get('name');
const client = new Client(location.origin, {
  userId: name,
  userName: name,
  outbox: name,
  ...(query.has('shared') && { transports: shared() }),
});
const room = client.room(query.get('room'));

/** What the tests see. Texts of the room in the order in which they came, and those that are stored for sure. */
globalThis.sdk = {
  heard: [],
  acknowledged: [],
  lost: [],
  get state() {
    return client.state;
  },
  get transport() {
    return client.state.transport;
  },
  say(text) {
    room.publish(text).then(
      () => this.acknowledged.push(text),
      (refusal) => this.lost.push(`${text}: ${refusal.code}`),
    );
  },
  stop() {
    client.stop();
  },
};

room.on('entry', ({ data }) => sdk.heard.push(data.message));
client.start();
