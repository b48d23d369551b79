import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DocumentAccess, Role } from '@peal/client/docs';
import { Icon } from '../../design/Icon';
import { type Desk, explain } from '../desk';
import type { Paper } from '../paper';
import { shareAddress } from '../route';

const roles = { editor: 'May edit', commenter: 'May comment', reader: 'May read' } as const;
type Given = keyof typeof roles;

/** Who may do what with the document. */
export function SharePanel({ desk, paper }: { desk: Desk; paper: Paper }) {
  const access = useSignal<DocumentAccess | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const fresh = useSignal<string | undefined>(undefined);
  const copied = useSignal(false);
  const role = useSignal<Given>('editor');
  const { documentId } = paper.document;
  const attempt = async (action: () => Promise<unknown>) => {
    try {
      await action();
      access.value = await desk.files.access(documentId);
      problem.value = undefined;
    } catch (error) {
      problem.value = explain(error);
    }
  };
  useEffect(() => void attempt(async () => {}), [documentId]);
  const create = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const { secret } = await desk.files.createLink(documentId, role.value);
      fresh.value = shareAddress(location.href, secret);
      copied.value = false;
    });
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(fresh.value ?? '');
      copied.value = true;
    } catch {
      problem.value = 'This browser does not let the page copy. Select the address and copy it.';
    }
  };
  return (
    <section class="panel" aria-labelledby="share-title">
      <h2 id="share-title" class="panel-head">
        Share
      </h2>
      <p class="problem" role="alert">
        {problem.value}
      </p>
      <form class="share-new" onSubmit={create}>
        <label for="share-role">Whoever has the link</label>
        <RoleSelect id="share-role" value={role.value} onChange={(value) => (role.value = value)} />
        <button class="button button-primary" type="submit">
          <Icon name="link" />
          Create a link
        </button>
      </form>
      {fresh.value !== undefined && (
        <div class="card card-new">
          <p class="hint">This address is shown once. Give it to those who are to have the document.</p>
          <input class="share-address" type="text" readOnly aria-label="Address to share" value={fresh.value} onFocus={(event) => event.currentTarget.select()} />
          <button class="button button-small" type="button" onClick={() => void copy()}>
            <Icon name={copied.value ? 'check' : 'copy'} />
            <span role="status">{copied.value ? 'Copied' : 'Copy'}</span>
          </button>
        </div>
      )}
      {access.value === undefined && problem.value === undefined && <p class="panel-note">Loading…</p>}
      {access.value !== undefined && access.value.links.length > 0 && (
        <>
          <h3 class="panel-title">Links</h3>
          <ul class="share-list">
            {access.value.links.map(({ linkId, role: given, createdAt }) => (
              <li key={linkId}>
                <span>
                  {roles[given as Given] ?? given}, since {new Date(createdAt).toLocaleDateString()}
                </span>
                <button class="button button-small" type="button" onClick={() => void attempt(() => desk.files.revokeLink(documentId, linkId))}>
                  Revoke
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {access.value !== undefined && (
        <>
          <h3 class="panel-title">People</h3>
          <ul class="share-list">
            {access.value.members.map(({ userId, userName, role: given }) => (
              <li key={userId}>
                <span class="person-name">{userName ?? userId}</span>
                {given === 'owner' ? (
                  <span class="tag">Owner</span>
                ) : (
                  <>
                    <RoleSelect
                      label={`What ${userName ?? userId} may do`}
                      value={given as Given}
                      onChange={(value) => void attempt(() => desk.files.setRole(documentId, userId, value))}
                    />
                    <button
                      class="icon-button"
                      type="button"
                      aria-label={`Remove ${userName ?? userId}`}
                      title="Remove"
                      onClick={() => void attempt(() => desk.files.removeAccess(documentId, userId))}
                    >
                      <Icon name="close" />
                    </button>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface RoleSelectProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: Given;
  readonly onChange: (role: Given) => void;
}

function RoleSelect({ id, label, value, onChange }: RoleSelectProps) {
  return (
    <select class="select" id={id} aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value as Role as Given)}>
      {Object.entries(roles).map(([role, text]) => (
        <option key={role} value={role}>
          {text}
        </option>
      ))}
    </select>
  );
}
