import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Mark } from '../../design/Icon';
import { ThemeButton } from '../../design/ThemeButton';
import { type Mode, Rejected } from '../api';
import type { Session } from '../session';

const nameMax = 40;
const modeRetryMillis = 3_000;

interface SignInProps {
  readonly session: Session;
  /** One line: what the page behind it is. */
  readonly lead: string;
  /** What the name is for. */
  readonly nameHint?: string;
  /** For pages that show something to everyone. */
  readonly onBack?: () => void;
}

export function SignIn({ session, lead, nameHint = 'Others see it beside what you write.', onBack }: SignInProps) {
  const mode = useSignal<Mode | undefined>(undefined);
  const unreachable = useSignal(false);
  useEffect(() => {
    document.title = 'Sign in · Peal';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () =>
      session.mode().then(
        (answer) => {
          unreachable.value = false;
          mode.value = answer;
        },
        () => {
          unreachable.value = true;
          timer = setTimeout(ask, modeRetryMillis);
        },
      );
    void ask();
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="welcome">
      <main class="welcome-card">
        <div class="brand brand-large">
          <Mark />
          <h1>Peal</h1>
        </div>
        <p class="welcome-lead">{lead}</p>
        {session.notice.value !== undefined && (
          <p class="callout" role="status">
            {session.notice.value}
          </p>
        )}
        {unreachable.value && (
          <p class="callout" role="status">
            The server cannot be reached. Trying again…
          </p>
        )}
        {mode.value?.mode === 'token' && !mode.value.guests ? (
          <TokenForm session={session} />
        ) : (
          <NameForm session={session} mode={mode.value} hint={nameHint} />
        )}
      </main>
      <div class="welcome-foot">
        {onBack !== undefined && (
          <button class="button button-small" type="button" onClick={onBack}>
            Back without signing in
          </button>
        )}
        <ThemeButton />
      </div>
    </div>
  );
}

function NameForm({ session, mode, hint }: { session: Session; mode: Mode | undefined; hint: string }) {
  const name = useSignal(session.formerName);
  const busy = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const submit = async (event: Event) => {
    event.preventDefault();
    const chosen = name.value.trim().replace(/\s+/gu, ' ');
    if (chosen === '') return refuse('Please enter a name.');
    if (busy.value) return;
    busy.value = true;
    try {
      const now = mode ?? (await session.mode());
      if (now.mode === 'open') session.signInOpenly(chosen);
      else await session.signInAsGuest(chosen);
    } catch (error) {
      refuse(error instanceof Rejected ? error.message : 'The server cannot be reached. Please try again.');
    }
    busy.value = false;
  };
  const refuse = (reason: string) => {
    problem.value = reason;
    field.current?.focus();
  };

  return (
    <form class="stack" onSubmit={submit} noValidate>
      <div class="field">
        <label for="name">Your name</label>
        <input
          ref={field}
          id="name"
          name="name"
          type="text"
          autocomplete="nickname"
          maxLength={nameMax}
          value={name.value}
          aria-invalid={problem.value !== undefined}
          aria-describedby="name-hint name-problem"
          onInput={(event) => {
            name.value = event.currentTarget.value;
            problem.value = undefined;
          }}
        />
        <p id="name-hint" class="hint">
          {hint}
        </p>
        <p id="name-problem" class="problem" role="alert">
          {problem.value}
        </p>
      </div>
      <button class="button button-primary" type="submit" aria-disabled={busy.value}>
        {busy.value ? 'Joining…' : 'Join as a guest'}
      </button>
      {mode?.mode === 'open' && (
        <p class="hint">This server runs in development mode: it believes any name.</p>
      )}
    </form>
  );
}

function TokenForm({ session }: { session: Session }) {
  const token = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const submit = (event: Event) => {
    event.preventDefault();
    const given = token.value.trim();
    if (given === '') problem.value = 'Please enter a token.';
    else session.signInWithToken(given);
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <div class="field">
        <label for="token">Access token</label>
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="off"
          spellcheck={false}
          value={token.value}
          aria-invalid={problem.value !== undefined}
          aria-describedby="token-hint token-problem"
          onInput={(event) => {
            token.value = event.currentTarget.value;
            problem.value = undefined;
          }}
        />
        <p id="token-hint" class="hint">
          This server has no guests. Use a token from its operator.
        </p>
        <p id="token-problem" class="problem" role="alert">
          {problem.value}
        </p>
      </div>
      <button class="button button-primary" type="submit">
        Sign in
      </button>
    </form>
  );
}
