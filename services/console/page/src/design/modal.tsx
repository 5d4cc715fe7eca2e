import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useSay } from '../words/words.js';
import { Button, classes, parts } from './parts.js';

interface ModalProps {
  /** Absent: as long as it is rendered. */
  readonly isOpen?: boolean;
  readonly onClose: () => void;
  readonly className?: string | undefined;
  /** Its name, where no title says it. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** A dialog over the page, which waits behind it. */
export function Modal({ isOpen = true, onClose, className, label, children }: ModalProps): ReactNode {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(stays) => { if (!stays) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className={parts.backdrop} />
        <Dialog.Popup className={classes(parts.dialog, className)} {...(label === undefined ? {} : { 'aria-label': label })}>{children}</Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What it asks, and what that means. */
export function ModalHead({ title, text }: { readonly title: ReactNode; readonly text: ReactNode }): ReactNode {
  return <header><Dialog.Title>{title}</Dialog.Title><Dialog.Description>{text}</Dialog.Description></header>;
}

interface ModalEndsProps {
  readonly label: string;
  readonly isDisabled?: boolean;
  /** Absent: the button sends the form that it stands in. */
  readonly onDo?: () => void;
}

/** To leave it as it is, or to do it. */
export function ModalEnds({ label, isDisabled = false, onDo }: ModalEndsProps): ReactNode {
  const say = useSay();
  return (
    <div className={parts.ends}>
      <Dialog.Close render={<Button />}>{say('dialog.cancel')}</Dialog.Close>
      <Button {...(onDo === undefined ? { type: 'submit' } : { onClick: onDo })} look="primary" disabled={isDisabled}>{label}</Button>
    </div>
  );
}
