import { type EventOf, GOLDEN_EVENTS, nameBasedId, type Recipient, ticketIdOf, type TicketRouted } from '@handoff/contracts';
import type { ChannelWithSecret } from '../manage-channels/channel.js';
import { subjectLineOf } from '../message/content.decision.js';
import { planNotifications } from '../plan-notifications/plan.decision.js';
import type { PlannedNotification, TicketDelivery } from './notification.js';

const golden = GOLDEN_EVENTS['handoff.ticket.routed.v1'];

export function aRecipient(overrides: Partial<Recipient> = {}): Recipient {
  return {
    purpose: 'act', party: { role: 'isv-publisher', partyId: 'contoso' }, destination: 'isv/contoso', partyName: 'Contoso Software', contactKind: 'customer-support',
    name: 'Contoso support', email: 'support@contoso.example', url: null, mayContact: [], ...overrides,
  };
}

type RoutedOverrides = Partial<Omit<TicketRouted, 'ticketId' | 'ticket' | 'decision'>> & {
  readonly ticket?: Partial<TicketRouted['ticket']>;
  readonly decision?: Partial<TicketRouted['decision']>;
};

/** A routed ticket that Contoso must act on; say only what matters to the test. Tickets differ by `ticket.externalId`. */
export function aRoutedEvent({ ticket, decision, ...data }: RoutedOverrides = {}): EventOf<'handoff.ticket.routed.v1'> {
  const whole: TicketRouted['ticket'] = { ...golden.data.ticket, ...ticket };
  const ticketId = ticketIdOf(whole.source, whole.externalId);
  const ticketVersion = data.ticketVersion ?? 1;
  return {
    ...golden, id: nameBasedId('routed', ticketId, String(ticketVersion)), subject: ticketId,
    data: { ...golden.data, recipients: [aRecipient()], ...data, ticketId, ticketVersion, ticket: whole, decision: { ...golden.data.decision, ...decision } },
  };
}

export function aChannel(overrides: Partial<ChannelWithSecret> = {}): ChannelWithSecret {
  return {
    channelId: '0f8fad5b-d9cb-469f-a165-70867728950e', destination: 'isv/contoso', kind: 'webhook', address: 'https://hooks.contoso.example/in', enabled: true,
    purposes: [], disabledReason: null, createdAt: '2026-11-02T08:00:00.000Z', updatedAt: '2026-11-02T08:00:00.000Z', publicKey: null, ticketing: null, credentials: null, credentialsShown: null, messagesPerMinuteMax: null, failingSince: null, warnedAt: null, formerSecret: null, formerSecretUntil: null, secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=', ...overrides,
  };
}

export function planned(event: EventOf<'handoff.ticket.routed.v1'>, plannedVersion = 0): PlannedNotification {
  const [first] = planNotifications(event, { channels: new Map(), plannedVersion });
  if (first === undefined) throw new Error('The event has no recipient.');
  return first;
}

export function aDelivery(event = aRoutedEvent(), overrides: Partial<TicketDelivery> = {}): TicketDelivery {
  const { planned: _state, ...notification } = planned(event);
  return { notification, routed: event.data, subjectLine: subjectLineOf(event.data), attempts: 0, step: 0, messagesPerMinuteMax: null, ...overrides };
}
