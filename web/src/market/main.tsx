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
import './view/account.css';
import { CredentialStore, credentialsKey } from '../session/credentials';
import { Session } from '../session/session';
import { browserStore, onChangedElsewhere } from '../session/storage';
import { Frames } from './frames';
import { App } from './view/App';

const session = new Session(new CredentialStore(browserStore()), Math.random);
onChangedElsewhere(credentialsKey, () => session.changedElsewhere());

const frames = new Frames();
// What Preact renders is drawn in a frame as well, once.
options.debounceRendering = (renderAll) => frames.mark(renderAll);

render(<App session={session} frames={frames} connect={(chosen) => new MarketClient(location.origin, chosen)} />, document.getElementById('app') ?? document.body);
