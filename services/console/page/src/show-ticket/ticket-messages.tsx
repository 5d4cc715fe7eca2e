import { Dialog } from '@base-ui/react/dialog';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call } from '../api/call.js';
import type { PageOf } from '../api/server-types.js';
import { Modal, ModalHead } from '../design/modal.js';
import { Badge, Button, parts, type Tone } from '../design/parts.js';
import { Failed, Loading, sentenceOf } from '../design/states.js';
import { Ago } from '../design/times.js';
import { tell } from '../shell/toasts.js';
import { useLanguage, useSay } from '../words/words.js';
import { messageStateOf, purposeOf } from './message-words.js';
import { SuppressDialog } from './suppress-dialog.js';
import type { NotificationView, TicketWithStory } from './ticket-queries.js';
import styles from './ticket.module.css';

const TONES: Readonly<Record<string, Tone>> = { delivered: 'good', failed: 'bad', suppressed: 'warn' };
/** What the notifier takes again: one that was given up, or that a disabled channel missed. */
const CAN_BE_SENT_AGAIN = new Set(['failed', 'suppressed']);

/** Who was written to by what, with what came of it. */
export function TicketMessages({ ticket, notifications: { data, error, refetch } }: { readonly ticket: TicketWithStory; readonly notifications: UseQueryResult<PageOf<NotificationView>> }): ReactNode {
  const say = useSay();
  const [shown, setShown] = useState<NotificationView | null>(null);
  const [held, setHeld] = useState<NotificationView | null>(null);
  return (
    <section className={styles.card}>
      <h2>{say('messages.title')}</h2>
      {data === undefined && (error === null ? <Loading rows={3} /> : <Failed error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && <p className={styles.soft}>{say('messages.none')}</p>}
      <ul className={styles.messages}>
        {data?.items.map((message) => <Message key={message.notificationId} message={message} ticketId={ticket.ticketId} onShow={() => setShown(message)} onHold={() => setHeld(message)} />)}
      </ul>
      <Modal isOpen={shown !== null} onClose={() => setShown(null)} className={styles.letter}>{shown !== null && <Preview message={shown} />}</Modal>
      <SuppressDialog message={held} onClose={() => setHeld(null)} />
    </section>
  );
}

function Message({ message, ticketId, onShow, onHold }: { readonly message: NotificationView; readonly ticketId: string; readonly onShow: () => void; readonly onHold: () => void }): ReactNode {
  const say = useSay();
  const client = useQueryClient();
  const sendAgain = (): void => {
    call(`/api/notifier/v1/notifications/${message.notificationId}/retry`, { method: 'POST' }).then(
      () => { tell({ title: say('messages.sentAgain', { destination: message.destination }) }); void client.invalidateQueries({ queryKey: ['ticket', ticketId] }); },
      (error: unknown) => tell({ title: say('messages.notSentAgain'), text: sentenceOf(error), tone: 'bad' }),
    );
  };
  return (
    <li>
      <p><strong>{message.destination}</strong><Badge tone={TONES[message.state] ?? 'plain'} hasDot>{messageStateOf(message.state, say)}</Badge></p>
      <p className={styles.soft}>{say('messages.by', { channel: message.channel, purpose: purposeOf(message.purpose, say), attempts: message.attempts.length })} · <Ago at={message.createdAt} /></p>
      {message.detail !== null && <p className={styles.soft}>{message.code !== null && <code>{message.code}</code>} {message.detail}</p>}
      {message.nextAttemptAt !== null && <p className={styles.soft}>{say('messages.next')} <Ago at={message.nextAttemptAt} /></p>}
      <p className={styles.messageActions}>
        <Button onClick={onShow}>{say('messages.show')}</Button>
        {CAN_BE_SENT_AGAIN.has(message.state) && <Button onClick={sendAgain}>{say('messages.sendAgain')}</Button>}
        <Button look="quiet" onClick={onHold}>{say('messages.hold')}</Button>
      </p>
    </li>
  );
}

interface MessagePreview {
  readonly subject: string;
  readonly text: string | null;
  readonly json: object | null;
  readonly language: string;
}

/** The message as its contact reads it. As text: what a ticket says never becomes markup here. */
function Preview({ message: { notificationId, destination } }: { readonly message: NotificationView }): ReactNode {
  const say = useSay();
  const language = useLanguage();
  const { data, error, refetch } = useQuery({ queryKey: ['preview', notificationId], queryFn: () => call<{ readonly items: readonly MessagePreview[] }>('/api/notifier/v1/message-previews', { method: 'POST', body: { notificationId } }), staleTime: Infinity });
  const preview = data?.items[0];
  return (
    <>
      <ModalHead title={preview?.subject ?? say('messages.show')} text={say('messages.asRead', { destination, language: preview?.language ?? language })} />
      {data === undefined && (error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />)}
      {preview !== undefined && <pre className={styles.letterText} tabIndex={0}>{preview.text ?? JSON.stringify(preview.json, null, 2)}</pre>}
      <div className={parts.ends}><Dialog.Close render={<Button />}>{say('dialog.close')}</Dialog.Close></div>
    </>
  );
}
