import { type Ambient, ambient } from '@peal/client';
import { MarketClient, type MarketOptions } from '@peal/client/market';
import { options, render } from 'preact';
import '../design/tokens.css';
import '../design/base.css';
import '../session/view/signIn.css';
import '../session/view/banner.css';
import '../design/bar.css';
import './view/tokens.css';
import './view/layout.css';
import './view/panels.css';
import './view/book.css';
import './view/account.css';
import { CredentialStore, credentialsKey } from '../session/credentials';
import { Session } from '../session/session';
import { browserStore, onChangedElsewhere } from '../session/storage';
import { Frames } from './frames';
import { App } from './view/App';
import { nextFrame, socketsIn } from './workerSocket';

const session = new Session(new CredentialStore(browserStore()), Math.random);
onChangedElsewhere(credentialsKey, () => session.changedElsewhere());

const frames = new Frames();
// What Preact and its signals do to the page they do in a frame as well, and in the same one.
options.debounceRendering = options.requestAnimationFrame = (work: () => void) => frames.follow(work);

const WebSocket = socketsIn(() => new Worker(new URL('./wireWorker.ts', import.meta.url), { type: 'module', name: 'market' }), nextFrame);
const around = Object.create(ambient, { WebSocket: { value: WebSocket } }) as Ambient;
const connect = (chosen: MarketOptions) => new MarketClient(location.origin, { ...chosen, ambient: around });

render(<App session={session} frames={frames} connect={connect} />, document.getElementById('app') ?? document.body);
