import { Icon, Mark } from '../../design/Icon';
import { ThemeButton } from '../../design/ThemeButton';
import type { Session } from '../../session/session';
import type { Floor } from '../floor';

interface TopBarProps {
  readonly floor: Floor;
  readonly session: Session;
  readonly onSignIn: () => void;
  readonly onHealth: () => void;
}

export function TopBar({ floor, session, onSignIn, onHealth }: TopBarProps) {
  const who = session.credentials.value;
  return (
    <header class="bar">
      <div class="brand">
        <Mark />
        <span class="brand-name">
          Peal<span class="brand-rest"> Market</span>
        </span>
      </div>
      <nav class="bar-nav" aria-label="Peal">
        <a href="/">Chat</a>
        <a href="/docs">Docs</a>
      </nav>
      <Verified floor={floor} onHealth={onHealth} />
      {who === undefined ? (
        <button class="button button-small bar-sign-in" type="button" onClick={onSignIn}>
          Sign in
        </button>
      ) : (
        <span class="bar-self">{who.userName}</span>
      )}
      <ThemeButton />
      {who !== undefined && (
        <button class="icon-button" type="button" aria-label="Sign out" title="Sign out" onClick={() => session.signOut()}>
          <Icon name="leave" />
        </button>
      )}
    </header>
  );
}

/** The feed's state in a word; on a phone it leads to the rest. */
function Verified({ floor, onHealth }: { floor: Floor; onHealth: () => void }) {
  const { kind } = floor.connection.value;
  const { verified } = floor.health.report.value;
  const [tone, text] = kind !== 'live' ? ['wait', 'Not connected'] : verified === undefined ? ['wait', 'Loading'] : verified ? ['good', 'Verified'] : ['wait', 'Resyncing'];
  return (
    <a
      class={`verified verified-${tone}`}
      href="#health"
      data-verified={verified === true && kind === 'live'}
      title="Whether the order book is exactly the server’s, by sequence and checksum"
      onClick={(event) => {
        event.preventDefault();
        onHealth();
        requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('health')?.focus()));
      }}
    >
      {text}
    </a>
  );
}
