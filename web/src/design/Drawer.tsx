import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './Icon';

interface DrawerProps {
  readonly label: string;
  readonly side: 'start' | 'end';
  readonly open: boolean;
  /** For texts rather than names. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A panel over the page. The browser's dialog keeps focus inside and gives it back. */
export function Drawer({ label, side, open, wide = false, onClose, children }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    <dialog ref={dialog} class={`drawer drawer-${side}${wide ? ' drawer-wide' : ''}`} aria-label={label} onClose={onClose} onClick={closeOnBackdrop}>
      {open && (
        <div class="drawer-body">
          <button class="icon-button drawer-close" type="button" aria-label={`Close ${label.toLowerCase()}`} onClick={onClose}>
            <Icon name="close" />
          </button>
          {children}
        </div>
      )}
    </dialog>
  );
}
