import { useComputed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { SignIn } from '../../session/view/SignIn';
import { Desk, type DeskParts } from '../desk';
import { Page } from './Page';

/** Signed out: the sign-in page. Signed in: the documents, on a connection that lives as long. */
export function App(parts: DeskParts) {
  const { session } = parts;
  const signedIn = useComputed(() => session.credentials.value !== undefined).value;
  return signedIn ? <SignedIn {...parts} /> : <SignIn session={session} lead="Documents to write together, live." />;
}

function SignedIn(parts: DeskParts) {
  const desk = useMemo(() => new Desk(parts), []);
  useEffect(() => {
    desk.start();
    return () => void desk.stop();
  }, [desk]);
  return <Page desk={desk} session={parts.session} />;
}
