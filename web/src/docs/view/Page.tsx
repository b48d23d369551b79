import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ConnectionBanner } from '../../session/view/ConnectionBanner';
import type { Session } from '../../session/session';
import { type Desk, explain } from '../desk';
import { hashOfDocument, routeOf } from '../route';
import { Editor } from './Editor';
import { Shelf } from './Shelf';

/** The address says what is shown: the list, a document, or a link that is being redeemed. */
export function Page({ desk, session }: { desk: Desk; session: Session }) {
  const notice = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const follow = async () => {
      const route = routeOf(location.hash);
      if (route.kind !== 'share') return desk.show(route.kind === 'document' ? route.documentId : undefined);
      notice.value = 'Opening the shared document…';
      try {
        const { documentId } = await desk.files.redeem(route.secret);
        notice.value = undefined;
        // It may lie open already, refused.
        await desk.show(undefined);
        // The secret does not stay in the address, nor in the history of this browser.
        location.replace(hashOfDocument(documentId));
      } catch (error) {
        notice.value = explain(error);
        history.replaceState(null, '', '#/');
        await desk.show(undefined);
      }
    };
    void follow();
    const listener = () => void follow();
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  }, [desk]);
  const open = desk.open.value;
  const signOut = () => {
    history.replaceState(null, '', '#/');
    session.signOut();
  };
  return (
    <div class="docs-page" data-connection={desk.connection.value.kind}>
      {open === undefined ? (
        <Shelf
          desk={desk}
          session={session}
          notice={notice.value}
          banner={<ConnectionBanner connection={desk.connection} onConnect={() => desk.start()} />}
          onSignOut={signOut}
        />
      ) : (
        <Editor
          key={open.documentId}
          desk={desk}
          document={open}
          banner={<ConnectionBanner connection={desk.connection} onConnect={() => desk.start()} />}
        />
      )}
    </div>
  );
}
