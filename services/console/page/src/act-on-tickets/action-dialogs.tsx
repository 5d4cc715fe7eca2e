import { useId, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { ShownTicket } from '../api/server-types.js';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
import { Button, Field, parts } from '../design/parts.js';
import { useSay } from '../words/words.js';
import { act, type Outcome } from './act.js';
import { AttachFields } from './attach-fields.js';
import { REASON_CHARS_MAX, ReasonField } from './reason-field.js';
import { AREAS } from './areas.js';
import { type ActionKind, takersOf, type TicketAction } from './ticket-action.decision.js';

interface Asked {
  readonly kind: Exclude<ActionKind, 'acknowledge'>;
  readonly tickets: readonly ShownTicket[];
  readonly onSettled: (outcome: Outcome) => void;
}

const NOTE_CHARS_MAX = 4_000;
let asked: Asked | null = null;
const listeners = new Set<() => void>();

/** Does it, after asking for what it needs. */
export function begin(kind: ActionKind, tickets: readonly ShownTicket[], onSettled: (outcome: Outcome) => void = () => undefined): void {
  if (tickets.length === 0) return;
  if (kind === 'acknowledge') void act({ kind }, tickets).then(onSettled);
  else show({ kind, tickets, onSettled });
}

function show(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** Stands once in the shell. */
export function ActionDialogs(): ReactNode {
  const current = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => asked);
  return (
    <Modal isOpen={current !== null} onClose={() => show(null)}>{current !== null && <ActionForm {...current} />}</Modal>
  );
}

function ActionForm({ kind, tickets, onSettled }: Asked): ReactNode {
  const say = useSay();
  const [progress, setProgress] = useState<number | null>(null);
  const submit = async (form: FormData): Promise<void> => {
    setProgress(0);
    const outcome = await act(actionOf(kind, form), tickets, setProgress);
    show(null);
    onSettled(outcome);
  };
  const subject = tickets.length === 1 ? tickets[0]?.subject ?? tickets[0]?.externalId ?? '' : '';
  return (
    <>
      <ModalHead title={say(`act.${kind}.title`, { count: tickets.length })} text={subject === '' ? say(`act.${kind}.what`) : `${subject}. ${say(`act.${kind}.what`)}`} />
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); void submit(new FormData(event.currentTarget)); }}>
        <ActionFields kind={kind} tickets={tickets} />
        <ModalEnds label={progress === null ? say(`act.${kind}`) : say('act.progress', { done: progress, all: tickets.length })} isDisabled={progress !== null} />
      </form>
    </>
  );
}

function ActionFields({ kind, tickets }: Pick<Asked, 'kind' | 'tickets'>): ReactNode {
  const say = useSay();
  const [first, second, options] = [useId(), useId(), useId()];
  switch (kind) {
    case 'reassign': return (
      <>
        <Field label={say('act.to')} htmlFor={first}>
          <input id={first} name="to" className={parts.input} list={options} required pattern="microsoft|(partner|isv)/.+" title={say('act.toShape')} autoComplete="off" spellCheck={false} />
          <datalist id={options}>{takersOf(tickets).map((taker) => <option key={taker} value={taker} />)}</datalist>
          <TakerChoice inputId={first} takers={takersOf(tickets)} />
        </Field>
        <ReasonField />
      </>
    );
    case 'attach': return <AttachFields tickets={tickets} />;
    case 'detach': return <ReasonField />;
    case 'classify': return (
      <>
        <Field label={say('act.area')} htmlFor={first}>
          <select id={first} name="area" className={parts.input} required defaultValue={tickets.length === 1 ? tickets[0]?.area ?? '' : ''}>
            <option value="" disabled>{say('act.choose')}</option>
            {AREAS.map((area) => <option key={area} value={area}>{say(`area.${area}`)}</option>)}
          </select>
        </Field>
        <Field label={say('act.note')} htmlFor={second}><textarea id={second} name="note" className={parts.input} maxLength={REASON_CHARS_MAX} /></Field>
      </>
    );
    case 'resolve': return <Field label={say('act.noteForOthers')} htmlFor={first}><textarea id={first} name="note" className={parts.input} maxLength={NOTE_CHARS_MAX} /></Field>;
  }
}

/** One press instead of writing. */
function TakerChoice({ inputId, takers }: { readonly inputId: string; readonly takers: readonly string[] }): ReactNode {
  const choose = (taker: string): void => {
    const input = document.getElementById(inputId);
    if (input instanceof HTMLInputElement) { input.value = taker; input.focus(); }
  };
  return <div className={parts.choices}>{takers.slice(0, 6).map((taker) => <Button key={taker} onClick={() => choose(taker)}>{taker}</Button>)}</div>;
}

function actionOf(kind: Asked['kind'], form: FormData): TicketAction {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  switch (kind) {
    case 'reassign': return { kind, to: text('to'), reason: text('reason') };
    case 'attach': return { kind, noticeId: text('noticeId'), reason: text('reason') };
    case 'detach': return { kind, reason: text('reason') };
    case 'classify': return { kind, area: AREAS.find((area) => area === text('area')) ?? 'other', note: text('note') || undefined };
    case 'resolve': return { kind, note: text('note') || undefined };
  }
}
