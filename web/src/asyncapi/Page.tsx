import { Mark } from '../design/Icon';
import { ThemeButton } from '../design/ThemeButton';
import type { Field, Message, Reference } from './reference';

/** Every message between clients and the server. */
export function Page({ reference }: { reference: Reference }) {
  return (
    <>
      <a class="skip-link" href="#client">
        Skip to the messages
      </a>
      <header class="reference-head">
        <Mark />
        <h1>Messages</h1>
        <ThemeButton />
      </header>
      <div class="reference-body">
        <nav class="reference-nav" aria-label="Messages">
          <details open={matchMedia('(min-width: 56rem)').matches}>
            <summary>Contents</summary>
            <Contents title="A client says" messages={reference.client} />
            <Contents title="The server says" messages={reference.server} />
          </details>
        </nav>
        <main>
          <p class="lead">
            One JSON object in one WebSocket text frame on <code>/chat</code>; what the server says also comes as Server-Sent Events on <code>/events</code>. For machines: <a href="/asyncapi.json">asyncapi.json</a>. What is asked over
            HTTP: <a href="/openapi.json">openapi.json</a>.
          </p>
          <Group id="client" title="A client says" messages={reference.client} />
          <Group id="server" title="The server says" messages={reference.server} />
        </main>
      </div>
    </>
  );
}

/** There is nothing to show, and why. */
export function Failure({ reason }: { reason: string }) {
  return (
    <main class="reference-failure">
      <h1>Messages</h1>
      <p role="alert">The description could not be loaded. {reason}</p>
    </main>
  );
}

function Contents({ title, messages }: { title: string; messages: readonly Message[] }) {
  return (
    <>
      <h2 class="panel-title">{title}</h2>
      <ul>
        {messages.map(({ id, type }) => (
          <li key={id}>
            <a href={`#${id}`}>{type}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Group({ id, title, messages }: { id: string; title: string; messages: readonly Message[] }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>{title}</h2>
      {messages.map((message) => (
        <Entry key={message.id} message={message} />
      ))}
    </section>
  );
}

function Entry({ message }: { message: Message }) {
  return (
    <article id={message.id} class="message" aria-labelledby={`${message.id}-title`} data-testid="message">
      <h3 id={`${message.id}-title`}>
        <a href={`#${message.id}`}>{message.type}</a>
      </h3>
      <p>{message.title}.</p>
      {message.replies.length > 0 && <Replies ids={message.replies} />}
      {message.examples.map((example) => (
        <pre key={JSON.stringify(example)}>
          <code>{JSON.stringify(example, undefined, 2)}</code>
        </pre>
      ))}
      <Fields of={message.type} fields={message.fields} />
    </article>
  );
}

function Replies({ ids }: { ids: readonly string[] }) {
  return (
    <p class="hint">
      With an <code>id</code>, answered by{' '}
      {ids.map((id, index) => (
        <>
          {index > 0 && ' or '}
          <a href={`#${id}`}>{id.replace('server.', '')}</a>
        </>
      ))}
      .
    </p>
  );
}

function Fields({ of, fields }: { of: string; fields: readonly Field[] }) {
  return (
    <table>
      <caption class="visually-hidden">Fields of {of}</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Rule</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, required, type, rule }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
              {required && <span class="tag">required</span>}
            </th>
            <td>{type}</td>
            <td>{rule}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
