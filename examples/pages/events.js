// A chat over Server-Sent Events. What comes is a stream; what goes is a POST. PROTOCOL.md, section 15.
const room = 'lobby';
const element = (id) => document.getElementById(id);

let caller; // who speaks: { headers, who }
let position; // of the last entry shown, as text: <epoch>:<offset>
let failures = 0;

element('sign-in').onsubmit = async (event) => {
  event.preventDefault();
  try {
    caller = await signIn(element('name').value);
    await showNewest();
  } catch (error) {
    return say(`Could not sign in: ${error.message}`);
  }
  element('sign-in').hidden = true;
  element('room').hidden = false;
  element('text').focus();
  void connect();
};

element('say').onsubmit = async (event) => {
  event.preventDefault();
  // The id makes repeating harmless: the server stores it once, however often it comes.
  const messageId = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const message = { type: 'message', messageId, data: { roomId: room, message: element('text').value, ...caller.who } };
  try {
    await request('/api/messages', { method: 'POST', body: JSON.stringify(message) });
    element('text').value = '';
  } catch (error) {
    say(`Not sent: ${error.message}`);
  }
};

// A guest's token goes into a header; a server in open mode (for development) believes a name.
async function signIn(userName) {
  const json = { 'Content-Type': 'application/json' };
  const { mode } = await (await fetch('/api/mode')).json();
  if (mode === 'open') return { headers: json, who: { userId: userName } };
  const answer = await fetch('/api/guest', { method: 'POST', headers: json, body: JSON.stringify({ userName }) });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const { token } = await answer.json();
  return { headers: { ...json, Authorization: `Bearer ${token}` }, who: {} };
}

class SignedOut extends Error {
  message = 'signed out; reload the page to sign in again';
}

async function request(path, options) {
  const answer = await fetch(path, { ...options, headers: caller.headers });
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer;
}

// Without `since`: the newest messages, and the position behind them.
async function showNewest() {
  const answer = await request(`/api/messages?room=${room}`);
  for (const { data } of await answer.json()) show(data);
  position = answer.headers.get('Peal-Position');
}

// An EventSource can send no header and a token does not belong into an address, so it shows a ticket: good once, for a few seconds.
async function connect() {
  say('Connecting…');
  let ticket;
  try {
    ({ ticket } = await (await request('/api/ticket', { method: 'POST', body: JSON.stringify(caller.who) })).json());
  } catch (error) {
    return comeBack(error);
  }
  const source = new EventSource(`/events?${new URLSearchParams({ room, ticket, since: position })}`);
  source.onmessage = ({ data, lastEventId }) => {
    const { type, data: fields } = JSON.parse(data);
    if (type === 'joined') {
      failures = 0;
      say(fields.recovered === false ? 'Some messages are missing: the server does not hold them any more.' : 'Connected.');
      if (fields.recovered === false) position = `${fields.epoch}:${fields.offset}`;
    } else if ((type === 'message' || type === 'chat') && lastEventId !== position) {
      position = lastEventId;
      show(fields);
    } else if (type === 'close') {
      say(`The server ended the stream: ${fields.reason}`);
    } // Anything else, also what does not exist yet, is ignored.
  };
  // By itself the browser would come back with the same ticket, which is used up.
  source.onerror = () => {
    source.close();
    comeBack();
  };
}

// A random part of a delay that grows, so that not everybody comes back at once.
function comeBack(error) {
  if (error instanceof SignedOut) return say(error.message);
  say('Connection lost. Trying again…');
  setTimeout(connect, Math.random() * Math.min(30_000, 1_000 * 1.5 ** failures++));
}

function show({ userName, userId, message }) {
  const who = document.createElement('b');
  who.textContent = userName ?? userId ?? 'Somebody';
  const line = document.createElement('p');
  line.append(who, message); // as text, never as HTML: it is what a stranger wrote
  element('entries').append(line);
  line.scrollIntoView({ block: 'nearest' });
}

function say(text) {
  element('status').textContent = text;
}
