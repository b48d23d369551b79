import { useComputed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Chat, type ChatParts } from '../chat';
import { SignIn } from '../../session/view/SignIn';
import { Workspace } from './Workspace';

/** Signed out: the sign-in page. Signed in: the rooms, on a connection that lives as long. */
export function App(parts: ChatParts) {
  const { session } = parts;
  const signedIn = useComputed(() => session.credentials.value !== undefined).value;
  return signedIn ? <SignedIn {...parts} /> : <SignIn session={session} lead="Rooms to talk in, live." />;
}

function SignedIn(parts: ChatParts) {
  const chat = useMemo(() => new Chat(parts), []);
  useEffect(() => {
    chat.start();
    return () => chat.stop();
  }, [chat]);
  return <Workspace chat={chat} session={parts.session} rooms={parts.rooms} />;
}
