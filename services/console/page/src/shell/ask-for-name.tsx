import { Dialog } from '@base-ui/react/dialog';
import { useId, type ReactNode } from 'react';
import { Button, Field, parts } from '../design/parts.js';
import { useSay } from '../words/words.js';

const NAME_CHARS_MAX = 100;

/** Who acts, for the stories of tickets. */
export function AskForName({ isOpen, onOpenChange, name, onName }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void; readonly name: string; readonly onName: (name: string) => void }): ReactNode {
  const say = useSay();
  const id = useId();
  const save = (form: FormData): void => {
    onName(String(form.get('name') ?? '').trim());
    onOpenChange(false);
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={parts.backdrop} />
        <Dialog.Popup className={parts.dialog}>
          <header><Dialog.Title>{say('viewer.name')}</Dialog.Title><Dialog.Description>{say('viewer.nameWhy')}</Dialog.Description></header>
          <form action={save} className={parts.form}>
            <Field label={say('viewer.nameLabel')} htmlFor={id}><input id={id} name="name" className={parts.input} defaultValue={name} maxLength={NAME_CHARS_MAX} autoComplete="name" /></Field>
            <div className={parts.ends}><Dialog.Close render={<Button />}>{say('dialog.cancel')}</Dialog.Close><Button type="submit" look="primary">{say('dialog.save')}</Button></div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
