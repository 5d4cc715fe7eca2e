import { useId, useState, type ReactNode } from 'react';
import { call } from '../api/call.js';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
import { Field, parts } from '../design/parts.js';
import { sentenceOf } from '../design/states.js';
import { useSession } from '../shell/session.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import type { NotificationView } from './ticket-queries.js';

const HOURS = [1, 4, 12, 24] as const;
const HOUR_MS = 3_600_000;
const REASON_CHARS_MAX = 512;

/** Holds back what would be sent to a contact, for a time. */
export function SuppressDialog({ message, onClose }: { readonly message: NotificationView | null; readonly onClose: () => void }): ReactNode {
  return (
    <Modal isOpen={message !== null} onClose={onClose}>{message !== null && <SuppressForm message={message} onClose={onClose} />}</Modal>
  );
}

function SuppressForm({ message: { destination }, onClose }: { readonly message: NotificationView; readonly onClose: () => void }): ReactNode {
  const say = useSay();
  const author = useSession()?.name ?? 'console';
  const [hours, reason] = [useId(), useId()];
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (form: FormData): void => {
    const until = new Date(Date.now() + Number(form.get('hours')) * HOUR_MS).toISOString();
    call('/api/notifier/v1/suppressions', { method: 'POST', body: { match: { destination }, until, reason: String(form.get('reason')), author } }).then(
      () => { tell({ title: say('hold.done', { destination }) }); onClose(); },
      (error: unknown) => setProblem(sentenceOf(error)),
    );
  };
  return (
    <>
      <ModalHead title={say('hold.title', { destination })} text={say('hold.what')} />
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); submit(new FormData(event.currentTarget)); }}>
        <Field label={say('hold.hours')} htmlFor={hours}><select id={hours} name="hours" className={parts.input}>{HOURS.map((each) => <option key={each} value={each}>{say('hold.hoursLong', { hours: each })}</option>)}</select></Field>
        <Field label={say('act.reason')} htmlFor={reason} problem={problem}><textarea id={reason} name="reason" className={parts.input} required maxLength={REASON_CHARS_MAX} /></Field>
        <ModalEnds label={say('messages.hold')} />
      </form>
    </>
  );
}
