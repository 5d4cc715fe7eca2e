import { createHash } from 'node:crypto';
import { isUuid, nameBasedId } from '@handoff/contracts';
import type { Transaction, Transactions } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { AcknowledgeByLinkHandler, Visit } from '../acknowledge/acknowledge-by-link.handler.js';
import { oneLine } from '../message/clean-text.js';
import { asksToAct } from '../notification/asks-to-act.decision.js';
import { isLetter } from '../letters/letter.js';
import { outcomeEvents, repliedEvent } from '../notification/notification.events.js';
import { type Bounce, bounceOf, isAbout } from './bounce.decision.js';
import type { IncomingMail } from './incoming-mail.js';
import type { Addressed } from './mail-addresses.js';
import { MailRefused } from './mail-refused.js';
import type { ReceivedMail } from './received-mail.js';
import type { AnsweredNotification, ReceivedMailStore } from './received-mail.store.js';
import { automaticBecause, type ReplyText, replyTextOf } from './reply.decision.js';

export interface ReceiveMailPorts {
  readonly mails: ReceivedMailStore;
  readonly acknowledge: Pick<AcknowledgeByLinkHandler, 'acknowledgeAs'>;
  readonly transactions: Transactions;
  readonly clock: Clock;
  /** Right half of our Message-IDs. */
  readonly mailDomain: string;
}

const MAILS_A_NOTIFICATION_MAX = 100;
const SENDER_CHARS_MAX = 512;
const SUBJECT_CHARS_MAX = 512;
const NOTHING_WRITTEN: ReplyText = { text: '', isCut: false, attachments: [] };
const REMEDY = 'Correct the address of the contact or configure a channel for its destination, then retry.';

type Done = Pick<ReceivedMail, 'kind' | 'outcome' | 'detail'> & ReplyText;

/** Takes a mail that came back to a message: it acknowledges, fails the notification or changes nothing, and is kept with what it did. */
export class ReceiveMailHandler {
  constructor(private readonly ports: ReceiveMailPorts) {}

  /**
   * @param raw the whole mail; its Message-ID, or else its digest, says whether it was here before.
   * @returns `null` when it was, and so changes nothing.
   * @throws MailRefused
   */
  async receive(to: Addressed, mail: IncomingMail, raw: Buffer): Promise<ReceivedMail | null> {
    const notificationId = to.notificationId ?? this.notificationOf(mail.returnedMessageId);
    if (notificationId === null) throw new MailRefused(550, '5.1.1 This is no report about a message of ours');
    const mailId = nameBasedId('received-mail', notificationId, mail.messageId?.replaceAll('\u0000', '') ?? createHash('sha256').update(raw).digest('hex'));
    return this.ports.transactions.run(async (tx) => {
      const answered = await this.ports.mails.lock(tx, notificationId);
      if (answered === null) throw new MailRefused(550, '5.1.1 The message that this answers is not here any more');
      if (await this.ports.mails.has(tx, mailId)) return null;
      if (answered.mails >= MAILS_A_NOTIFICATION_MAX) throw new MailRefused(552, '5.2.2 Too many mails have come back to this message');
      const done = await this.take(tx, { to, mail, mailId, answered });
      const received: ReceivedMail = {
        mailId, notificationId, ticketId: answered.notification.ticketId, receivedAt: this.ports.clock.now().toISOString(), ...done,
        sender: senderOf(mail), subject: oneLine(mail.subject, SUBJECT_CHARS_MAX),
      };
      await this.ports.mails.add(tx, received);
      return received;
    });
  }

  private take(tx: Transaction, { to, mail, mailId, answered }: Taken): Promise<Done> | Done {
    const bounce = bounceOf(mail);
    if (bounce !== null) return this.takeReport(tx, { to, bounce, answered });
    const because = automaticBecause(mail);
    const written = replyTextOf(mail);
    if (to.kind === 'bounce') return { ...written, kind: 'unclear', outcome: 'noted', detail: 'It came where mail servers report failures, and is no such report.' };
    if (because !== null) return { ...written, kind: 'automatic', outcome: 'noted', detail: `A program wrote it (${because}); it acknowledges nothing.` };
    return this.takeReply(tx, { mail, mailId, answered, written });
  }

  private async takeReport(tx: Transaction, { to, bounce, answered }: Pick<Taken, 'to' | 'answered'> & { readonly bounce: Bounce }): Promise<Done> {
    const { notification, told, state, isInHand, attempts } = answered;
    const { detail } = bounce;
    if (bounce.outcome === 'delayed') return { ...NOTHING_WRITTEN, kind: 'delay', outcome: 'noted', detail };
    // At the address of its message a report is believed, also where that was forwarded. By a Message-ID, which is no secret, it must know more.
    if (to.notificationId === null && !isAbout(bounce, notification.target.address ?? '')) return { ...NOTHING_WRITTEN, kind: 'bounce', outcome: 'noted', detail: `${detail} The message went to another address.` };
    // The report was quicker than the record of the delivery.
    if (state === 'pending' && isInHand) throw new MailRefused(451, '4.3.0 The message is just being recorded, try again');
    if (state !== 'delivered') return { ...NOTHING_WRITTEN, kind: 'bounce', outcome: 'noted', detail: `${detail} The notification was ${state} already.` };
    const at = this.ports.clock.now();
    const failure = { code: 'bounced', detail: `${detail} ${REMEDY}` };
    await this.ports.mails.fail(tx, notification.notificationId, { ...failure, at });
    await tx.outbox.add(outcomeEvents(notification, told, { attempts, at: at.toISOString(), outcome: { state: 'failed', ...failure } }));
    return { ...NOTHING_WRITTEN, kind: 'bounce', outcome: 'failed', detail };
  }

  private async takeReply(tx: Transaction, { mail, mailId, answered, written }: Omit<Taken, 'to'> & { readonly written: ReplyText }): Promise<Done> {
    const { notification, told } = answered;
    const by = senderOf(mail);
    const at = this.ports.clock.now().toISOString();
    if (notification.about === 'ticket' && (written.text !== '' || written.attachments.length > 0)) await tx.outbox.add([repliedEvent(notification, { ...written, mailId, at, by })]);
    const reply = { ...written, kind: 'reply' } as const;
    if (isLetter(told) || !asksToAct(notification, told)) return { ...reply, outcome: 'noted', detail: 'The message asked nobody to act, so there was nothing to acknowledge.' };
    const visit = await this.ports.acknowledge.acknowledgeAs(tx, notification.notificationId, { by, via: 'reply' });
    return visit.state === 'acknowledged' ? { ...reply, outcome: 'acknowledged', detail: 'It acknowledged the ticket.' } : { ...reply, outcome: 'noted', detail: whyNot(visit) };
  }

  /** Our Message-ID is the notification's id at our domain. */
  private notificationOf(messageId: string | null): string | null {
    const [, id = '', domain] = /^<([^@<>]+)@([^@<>]+)>$/.exec(messageId ?? '') ?? [];
    return isUuid(id) && domain?.toLowerCase() === this.ports.mailDomain.toLowerCase() ? id.toLowerCase() : null;
  }
}

interface Taken {
  readonly to: Addressed;
  readonly mail: IncomingMail;
  readonly mailId: string;
  readonly answered: AnsweredNotification;
}

function whyNot(visit: Visit): string {
  if (visit.state === 'used') return `The message was acknowledged before, by ${visit.used.by ?? 'somebody'}.`;
  return 'The message is too old to acknowledge by.';
}

/** Who says to have written it, as `Ada Lovelace <ada@contoso.example>`. */
function senderOf({ from, envelopeFrom }: IncomingMail): string | null {
  const text = from === null ? envelopeFrom : from.name === null ? from.address : `${from.name} <${from.address}>`;
  const sender = oneLine(text, SENDER_CHARS_MAX);
  return sender === '' ? null : sender;
}
