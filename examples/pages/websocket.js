// A chat over the browser's WebSocket. What each message means: PROTOCOL.md, and /asyncapi of a running server.
const room = 'lobby';
const element = (id) => document.getElementById(id);

let credentials; // what the server believes: a token, or in open mode a name
let socket;
let position; // of the last entry shown: { epoch, offset }; what came after it is asked for when coming back
let failures = 0;
let slotMillis; // a server that restarts says when to come back

element('sign-in').onsubmit = async (event) => {
  event.preventDefault();
  try {
    credentials = await signIn(element('name').value);
  } catch (error) {
    return say(`Could not sign in: ${error.message}`);
  }
  element('sign-in').hidden = true;
  element('room').hidden = false;
  element('text').focus();
  connect();
};

element('say').onsubmit = (event) => {
  event.preventDefault();
  if (socket.readyState !== WebSocket.OPEN) return; // a queue that survives this is the library's business
  send('message', { roomId: room, message: element('text').value });
  element('text').value = '';
};

// A guest's token; a server in open mode (for development) believes a name.
async function signIn(userName) {
  const { mode } = await (await fetch('/api/mode')).json();
  if (mode === 'open') return { userId: userName, userName };
  const answer = await fetch('/api/guest', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userName }),
  });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const { token } = await answer.json();
  return { token };
}

function connect() {
  say('Connecting…');
  socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/chat`);
  socket.onopen = () => {
    send('authenticate', credentials); // always the first message; no need to wait for its answer
    if (position === undefined) send('history', { roomId: room, limit: 50 }, 'history');
    else join();
  };
  socket.onmessage = ({ data }) => take(JSON.parse(data));
  socket.onclose = ({ code, reason }) => comeBack(code, reason);
}

// An id asks for a reply, which carries it back.
function send(type, data, id) {
  socket.send(JSON.stringify({ type, id, data }));
}

// Joining with the last position known: the server sends what came after it, then what comes.
function join() {
  send('join_room', { roomId: room, since: position }, 'join');
}

function take({ type, offset, data }) {
  if (type === 'history') {
    data.entries.forEach((entry) => show(entry.data));
    position = { epoch: data.epoch, offset: data.newest };
    join();
  } else if (type === 'joined') {
    failures = 0;
    say('Connected.');
    if (data.recovered === false) {
      say('Some messages are missing: the server does not hold them any more.');
      position = { epoch: data.epoch, offset: data.offset };
    }
  } else if (type === 'message' || type === 'chat') {
    if (offset <= position.offset) return; // shown already
    position.offset = offset;
    show(data);
  } else if (type === 'reconnect') {
    slotMillis = data.afterMs;
  } else if (type === 'error') {
    say(data.message);
  } // Anything else, also what does not exist yet, is ignored.
}

// What a close code means: PROTOCOL.md, section 10.
function comeBack(code, reason) {
  const refused = code === 4401 || (code === 1008 && /^(Invalid authentication|Not authenticated)$/.test(reason));
  if (refused) return say('Signed out. Reload the page to sign in again.');
  const temporary = code !== 1008 || /^(Authentication timeout|Too many connections)/.test(reason);
  if (!temporary || [1000, 1002, 1003, 1007, 1009, 4403, 4409].includes(code)) return say(`Disconnected: ${reason || code}`);
  // A random part of a delay that grows, so that not everybody comes back at once.
  const millis = slotMillis ?? Math.random() * Math.min(30_000, 1_000 * 1.5 ** failures++);
  slotMillis = undefined;
  say('Connection lost. Trying again…');
  setTimeout(connect, millis);
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
