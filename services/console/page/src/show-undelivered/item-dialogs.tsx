import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
import { Field, parts } from '../design/parts.js';
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
    <Modal onClose={onClose}>
      <ModalHead title={say('undelivered.editTitle')} text={say('undelivered.editWhy')} />
      {value.data === undefined ? (value.error === null ? <Loading rows={4} /> : <Failed error={value.error} onRetry={() => void value.refetch()} />) : (
        <form className={parts.form} onSubmit={(event) => { event.preventDefault(); retry.mutate(String(new FormData(event.currentTarget).get('value'))); }}>
          <Field label={say('undelivered.value')} htmlFor={field} problem={retry.error === null ? null : sentenceOf(retry.error)}>
            <textarea id={field} name="value" className={parts.input} rows={16} spellCheck={false} defaultValue={value.data} required />
          </Field>
          <ModalEnds label={say('undelivered.editRetry')} isDisabled={retry.isPending} />
        </form>
      )}
    </Modal>
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
    <Modal onClose={onClose}>
      <ModalHead title={say('undelivered.discardTitle')} text={say(cause.kind === 'parked' ? 'undelivered.discardParkedWhy' : 'undelivered.discardLetterWhy')} />
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); discard.mutate(new FormData(event.currentTarget)); }}>
        <Field label={say('undelivered.by')} htmlFor={by}><input id={by} name="by" className={parts.input} required pattern=".*\S.*" maxLength={100} autoComplete="name" /></Field>
        <Field label={say('undelivered.note')} htmlFor={note} problem={discard.error === null ? null : sentenceOf(discard.error)}><textarea id={note} name="note" className={parts.input} required maxLength={900} /></Field>
        <ModalEnds label={say('undelivered.discard')} isDisabled={discard.isPending} />
      </form>
    </Modal>
  );
}
