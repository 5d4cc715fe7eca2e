import { Dialog } from '@base-ui/react/dialog';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { Button, Field, parts } from '../design/parts.js';
import { Failed, Loading, sentenceOf } from '../design/states.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import type { Cause } from './cause.js';
import { discardItem, retryItem, type StuckItem, valueOfLetter } from './stuck-items.js';

interface DialogProps {
  readonly cause: Cause;
  readonly item: StuckItem;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Puts other data in the place of those that came, and tries again. */
export function EditDialog({ cause, item, onClose, onDone }: DialogProps): ReactNode {
  const say = useSay();
  const field = useId();
  const value = useQuery({ queryKey: ['undelivered', 'value', item.id], queryFn: () => valueOfLetter(cause, item.id), staleTime: Infinity, gcTime: 0 });
  const retry = useMutation({
    mutationFn: async (text: string) => retryItem(cause, item.id, JSON.parse(text)),
    onSuccess: () => { tell({ title: say('undelivered.retried', { count: 1 }) }); onClose(); onDone(); },
  });
  return (
    <ItemDialog title={say('undelivered.editTitle')} text={say('undelivered.editWhy')} onClose={onClose}>
      {value.data === undefined ? (value.error === null ? <Loading rows={4} /> : <Failed error={value.error} onRetry={() => void value.refetch()} />) : (
        <form className={parts.form} onSubmit={(event) => { event.preventDefault(); retry.mutate(String(new FormData(event.currentTarget).get('value'))); }}>
          <Field label={say('undelivered.value')} htmlFor={field} problem={retry.error === null ? null : sentenceOf(retry.error)}>
            <textarea id={field} name="value" className={parts.input} rows={16} spellCheck={false} defaultValue={value.data} required />
          </Field>
          <Ends label={say('undelivered.editRetry')} isBusy={retry.isPending} />
        </form>
      )}
    </ItemDialog>
  );
}

/** Gives one up for good, with who decided it and why. */
export function DiscardDialog({ cause, item, onClose, onDone }: DialogProps): ReactNode {
  const say = useSay();
  const [by, note] = [useId(), useId()];
  const discard = useMutation({
    mutationFn: (form: FormData) => discardItem(cause, item.id, { by: String(form.get('by')).trim(), note: String(form.get('note')).trim() }),
    onSuccess: () => { tell({ title: say('undelivered.discarded') }); onClose(); onDone(); },
  });
  return (
    <ItemDialog title={say('undelivered.discardTitle')} text={say(cause.kind === 'parked' ? 'undelivered.discardParkedWhy' : 'undelivered.discardLetterWhy')} onClose={onClose}>
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); discard.mutate(new FormData(event.currentTarget)); }}>
        <Field label={say('undelivered.by')} htmlFor={by}><input id={by} name="by" className={parts.input} required pattern=".*\S.*" maxLength={100} autoComplete="name" /></Field>
        <Field label={say('undelivered.note')} htmlFor={note} problem={discard.error === null ? null : sentenceOf(discard.error)}><textarea id={note} name="note" className={parts.input} required maxLength={900} /></Field>
        <Ends label={say('undelivered.discard')} isBusy={discard.isPending} />
      </form>
    </ItemDialog>
  );
}

function ItemDialog({ title, text, onClose, children }: { readonly title: string; readonly text: string; readonly onClose: () => void; readonly children: ReactNode }): ReactNode {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className={parts.backdrop} />
        <Dialog.Popup className={parts.dialog}>
          <header><Dialog.Title>{title}</Dialog.Title><Dialog.Description>{text}</Dialog.Description></header>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Ends({ label, isBusy }: { readonly label: string; readonly isBusy: boolean }): ReactNode {
  const say = useSay();
  return (
    <div className={parts.ends}>
      <Dialog.Close render={<Button />}>{say('dialog.cancel')}</Dialog.Close>
      <Button type="submit" look="primary" disabled={isBusy}>{label}</Button>
    </div>
  );
}
