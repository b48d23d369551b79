// A chat by requests alone: each waits at the server until there is something. PROTOCOL.md, section 15.
const room = 'lobby';
const waitSeconds = 25;
const element = (id) => document.getElementById(id);

let caller; // who speaks: { headers, who }
let position; // of the last entry shown, as the server named it
let failures = 0;

element('sign-in').onsubmit = async (event) => {
  event.preventDefault();
  try {
    caller = await signIn(element('name').value);
  } catch (error) {
    return say(`Could not sign in: ${error.message}`);
  }
  element('sign-in').hidden = true;
  element('room').hidden = false;
  element('text').focus();
  void poll();
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

// Without `since` the newest messages come at once; with it, what came after, as soon as something does.
async function poll() {
  const since = position === undefined ? {} : { since: position, wait: waitSeconds };
  try {
    const answer = await request(`/api/messages?${new URLSearchParams({ room, ...since })}`);
    for (const { data } of await answer.json()) show(data);
    const lost = answer.headers.get('Peal-Recovered') === 'false';
    say(lost ? 'Some messages are missing: the server does not hold them any more.' : 'Connected.');
    position = answer.headers.get('Peal-Position');
    failures = 0;
    void poll();
  } catch (error) {
    if (error instanceof SignedOut) return say(error.message);
    say('Connection lost. Trying again…');
    // A random part of a delay that grows, so that not everybody comes back at once.
    setTimeout(poll, Math.random() * Math.min(30_000, 1_000 * 1.5 ** failures++));
  }
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
