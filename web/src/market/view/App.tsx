import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { SignIn } from '../../session/view/SignIn';
import { Floor, type FloorParts } from '../floor';
import { symbolOf } from '../route';
import { Page } from './Page';

/** The market is for everyone; who signs in trades as well, on a connection that says who one is. */
export function App(parts: FloorParts) {
  const { session } = parts;
  const signingIn = useSignal(false);
  const who = session.credentials.value;
  useEffect(() => {
    if (who !== undefined) signingIn.value = false;
  }, [who]);
  if (signingIn.value && who === undefined) {
    return (
      <SignIn
        session={session}
        lead="Trade on paper: all but the money."
        nameHint="Nobody else sees your orders."
        onBack={() => (signingIn.value = false)}
      />
    );
  }
  // A renewed token is still the same visitor.
  return <OnFloor key={who === undefined ? 'anyone' : 'signed in'} parts={parts} onSignIn={() => (signingIn.value = true)} />;
}

function OnFloor({ parts, onSignIn }: { parts: FloorParts; onSignIn: () => void }) {
  const floor = useMemo(() => new Floor(parts), []);
  useEffect(() => {
    floor.start();
    const follow = () => floor.show(symbolOf(location.hash));
    follow();
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
      floor.stop();
    };
  }, [floor]);
  return <Page floor={floor} session={parts.session} onSignIn={onSignIn} />;
}
