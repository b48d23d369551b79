import { MarketClient } from '@peal/client/market';
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

const session = new Session(new CredentialStore(browserStore()), Math.random);
onChangedElsewhere(credentialsKey, () => session.changedElsewhere());

const frames = new Frames();
// What Preact and its signals do to the page they do in a frame as well, and in the same one.
options.debounceRendering = options.requestAnimationFrame = (work: () => void) => frames.follow(work);

render(<App session={session} frames={frames} connect={(chosen) => new MarketClient(location.origin, chosen)} />, document.getElementById('app') ?? document.body);
