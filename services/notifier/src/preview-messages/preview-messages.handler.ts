import { type EventOf, problemsOf } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import type { AcknowledgeLinks } from '../acknowledge/acknowledge-links.js';
import { isLetter } from '../letters/letter.js';
import { messageOf, subjectLineOf } from '../message/content.decision.js';
import { messageLanguage } from '../message/language.decision.js';
import type { Language, WordsByLanguage } from '../message/texts/words.js';
import type { ChannelKind, MessageFacts, Purpose, Told } from '../notification/notification.js';
import { planNotifications } from '../plan-notifications/plan.decision.js';
import { toldEscalation } from '../plan-notifications/told-escalation.decision.js';
import type { NotificationStore } from '../show-notifications/notification.store.js';
import { notificationNotFound } from '../show-notifications/retry-notification.handler.js';
import { type Rendered, rendered } from './render.decision.js';
import { type SampleAudience, sampleEvent, type SampleKind, type ToldEvent } from './samples.js';

export const PREVIEWED_EVENTS = ['handoff.ticket.routed.v1', 'handoff.ticket.escalated.v1'] as const;
export type PreviewedEvent = (typeof PREVIEWED_EVENTS)[number];

/** What is to be shown: the message of a notification, those about an event, or one about a sample. */
export type Previewed =
  | { readonly notificationId: string }
  | { readonly event: { readonly type: PreviewedEvent; readonly data: unknown }; readonly destination: string | null }
  | { readonly kind: SampleKind; readonly audience: SampleAudience };

/** How it is to be shown; `null`: as it would be sent. */
export interface Showing {
  readonly channel: ChannelKind | null;
  readonly language: Language | null;
}

export interface Preview extends Rendered {
  readonly destination: string;
  readonly partyName: string | null;
  readonly purpose: Purpose;
  readonly channel: ChannelKind;
  readonly language: Language;
}

export interface PreviewPorts {
  readonly notifications: Pick<NotificationStore, 'messageFacts'>;
  readonly links: Pick<AcknowledgeLinks, 'previewUrlOf'>;
  readonly words: WordsByLanguage;
  /** Whether answers to mail reach us; mail then says how to answer. */
  readonly areAnswersRead: boolean;
}

/** Shows messages as contacts would read them. Nothing is sent or stored. */
export class PreviewMessagesHandler {
  constructor(private readonly ports: PreviewPorts) {}

  /** @throws Problem 404 `notification-not-found`, 422 `invalid-content` */
  async handle(previewed: Previewed, showing: Showing): Promise<readonly Preview[]> {
    if (!('notificationId' in previewed)) return factsOf(previewed).map((facts) => this.show(facts, showing));
    const facts = await this.ports.notifications.messageFacts(previewed.notificationId);
    if (facts === null) throw notificationNotFound(previewed.notificationId);
    return [this.show(facts, showing)];
  }

  private show(facts: MessageFacts, { channel: asked, language: askedLanguage }: Showing): Preview {
    const { destination, partyName, purpose, target, addressee } = facts.notification;
    const language = askedLanguage ?? messageLanguage(addressee, isLetter(facts.routed) ? {} : facts.routed.ticket);
    const channel = asked ?? (target.channel === 'none' ? 'mail' : target.channel);
    const notification = { ...facts.notification, addressee: { ...addressee, language } };
    const message = messageOf({ ...facts, notification }, { acknowledgeUrl: isLetter(facts.routed) ? null : this.ports.links.previewUrlOf(notification, facts.routed), words: this.ports.words });
    return { destination, partyName, purpose, channel, language, ...rendered(message, channel, { areAnswersRead: this.ports.areAnswersRead }) };
  }
}

function factsOf(previewed: Exclude<Previewed, { readonly notificationId: string }>): readonly MessageFacts[] {
  const event = 'kind' in previewed ? sampleEvent(previewed.kind, previewed.audience) : eventOf(previewed.event);
  const destination = 'kind' in previewed ? event.data.recipients[0]?.destination : previewed.destination;
  const facts = planNotifications(event, { channels: new Map(), plannedVersion: 0 }).map((notification) => ({ notification, routed: event.data, subjectLine: subjectLineOf(event.data) }));
  return destination == null ? facts : facts.filter(({ notification }) => notification.destination === destination);
}

function eventOf({ type, data }: { readonly type: PreviewedEvent; readonly data: unknown }): ToldEvent {
  const problems = problemsOf(type, data) ?? [];
  if (problems.length > 0) {
    throw new Problem(422, 'invalid-content', `The data are not those of ${type}.`, { fields: problems.map((problem) => ({ field: `/event/data${problem.startsWith('/') ? problem.split(' ')[0] ?? '' : ''}`, detail: problem })) });
  }
  const { ticketId } = data as Told;
  const frame = { id: ticketId, source: '/handoff/routing', subject: ticketId, time: new Date(0).toISOString(), traceparent: null };
  return type === 'handoff.ticket.escalated.v1'
    ? toldEscalation({ ...frame, type, data: data as EventOf<'handoff.ticket.escalated.v1'>['data'] })
    : { ...frame, type, data: data as Told };
}
