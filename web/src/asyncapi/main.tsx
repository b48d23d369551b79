import { render } from 'preact';
import '../design/tokens.css';
import '../design/base.css';
import './reference.css';
import { type AsyncApi, referenceOf } from './reference';
import { Failure, Page } from './Page';

const place = document.getElementById('reference') ?? document.body;

async function load(): Promise<void> {
  const answer = await fetch('/asyncapi.json');
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  render(<Page reference={referenceOf((await answer.json()) as AsyncApi)} />, place);
  // The messages were not there when the browser looked for the one that the address names.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

load().catch((error: unknown) => render(<Failure reason={error instanceof Error ? error.message : String(error)} />, place));
