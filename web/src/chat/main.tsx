import { Client } from '@peal/client';
import { render } from 'preact';
import '../design/tokens.css';
import '../design/base.css';
import '../design/hues.css';
import '../session/view/signIn.css';
import '../session/view/banner.css';
import '../design/panel.css';
import './view/frame.css';
import './view/room.css';
import './view/panel.css';
import { CredentialStore, credentialsKey } from '../session/credentials';
import { Session } from '../session/session';
import { browserStore, onChangedElsewhere } from '../session/storage';
import { JoinedRooms } from './joinedRooms';
import { ReadMark } from './readMark';
import { App } from './view/App';

const store = browserStore();
const session = new Session(new CredentialStore(store), Math.random);
onChangedElsewhere(credentialsKey, () => session.changedElsewhere());

render(
  <App
    session={session}
    rooms={new JoinedRooms(store)}
    readMark={new ReadMark(store)}
    connect={(options) => new Client(location.origin, options)}
    freshId={freshId}
  />,
  document.getElementById('app') ?? document.body,
);

/** 128 random bits in hexadecimal; `crypto.randomUUID` is missing where the page came over plain HTTP. */
function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
