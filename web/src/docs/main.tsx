import { Client } from '@peal/client';
import { openDocument } from '@peal/client/docs';
import { render } from 'preact';
import 'quill/dist/quill.core.css';
// Not put into the page by the script, which the pages' policy forbids.
import 'quill-cursors/css';
import '../design/tokens.css';
import '../design/base.css';
import '../design/hues.css';
import '../session/view/signIn.css';
import '../session/view/banner.css';
import '../design/bar.css';
import '../design/panel.css';
import './view/shelf.css';
import './view/editor.css';
import './view/side.css';
import { CredentialStore, credentialsKey } from '../session/credentials';
import { Session } from '../session/session';
import { browserStore, onChangedElsewhere } from '../session/storage';
import { App } from './view/App';

const session = new Session(new CredentialStore(browserStore()), Math.random);
onChangedElsewhere(credentialsKey, () => session.changedElsewhere());

render(
  <App
    session={session}
    connect={(options) => new Client(location.origin, options)}
    open={(client, documentId, offline) => openDocument(client, documentId, offline === undefined ? {} : { offline })}
  />,
  document.getElementById('app') ?? document.body,
);
