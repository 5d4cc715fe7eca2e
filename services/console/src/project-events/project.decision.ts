import type { EventOf, HandoffEvent } from '@handoff/contracts';
import { noticePartnerKey, type NoticePartnerRow, type NoticeRow, type NotificationRow, type ReadModel } from '../read-model/read-model.js';
import type { TicketRow } from '../read-model/ticket-row.js';
import { noticeReported, noticeTold, partnerAffected, partnerTold } from './notice.decision.js';
import { deliveredAfter, notificationAfter, undeliveredMore } from './notification.decision.js';
import { isOfRouting, routedAfter } from './routed.decision.js';
import { latest } from './stamp.decision.js';
import { toldAfter } from './told.decision.js';

/** The keys of the rows that events touch. */
export interface TouchedKeys {
  readonly ticketIds: readonly string[];
  readonly notificationIds: readonly string[];
  readonly noticeIds: readonly string[];
  readonly noticePartners: readonly Pick<NoticePartnerRow, 'noticeId' | 'partnerId'>[];
}

export function touchedBy(events: readonly HandoffEvent[]): TouchedKeys {
  const unique = (keys: readonly string[]): string[] => [...new Set(keys)];
  const partners = events.flatMap(({ data }) => ('partnerId' in data ? [[noticePartnerKey(data), { noticeId: data.noticeId, partnerId: data.partnerId }] as const] : []));
  return {
    ticketIds: unique(events.flatMap((event) => ticketIdOfEvent(event) ?? [])),
    notificationIds: unique(events.flatMap(({ data }) => ('ticketId' in data && 'notificationId' in data ? [data.notificationId] : []))),
    noticeIds: unique(events.flatMap(({ data }) => ('noticeId' in data && !('ticketId' in data) ? [data.noticeId] : []))),
    noticePartners: [...new Map(partners).values()],
  };
}

/** The ticket that an event is about; `null` where it is about an outage. */
export function ticketIdOfEvent({ data }: HandoffEvent): string | null {
  return 'ticketId' in data ? data.ticketId : null;
}

/**
 * The rows after these events; rows that none of them touches stay as they are. The order of one ticket's events in one topic must be
 * kept. How the topics come between each other makes no difference, and neither do repetitions.
 */
export function project(model: ReadModel, events: readonly HandoffEvent[]): ReadModel {
  const draft: Draft = { tickets: new Map(model.tickets), notifications: new Map(model.notifications), notices: new Map(model.notices), noticePartners: new Map(model.noticePartners) };
  for (const event of events) apply(draft, event);
  return draft;
}

interface Draft {
  readonly tickets: Map<string, TicketRow>;
  readonly notifications: Map<string, NotificationRow>;
  readonly notices: Map<string, NoticeRow>;
  readonly noticePartners: Map<string, NoticePartnerRow>;
}

function apply(draft: Draft, event: HandoffEvent): void {
  if (isOfRouting(event)) return changeTicket(draft, event, (row) => ({ routed: routedAfter(row.routed, event) }));
  switch (event.type) {
    // What happens to a copy is told of the ticket that it stands for.
    case 'handoff.ticket.received.v1': return event.data.isCopy === true ? undefined : changeTicket(draft, event, (row) => ({ told: toldAfter(row.told, event) }));
    case 'handoff.notification.delivered.v1':
    case 'handoff.notification.failed.v1':
    case 'handoff.notification.suppressed.v1': {
      const { notificationId } = event.data;
      const former = draft.notifications.get(notificationId) ?? null;
      const current = notificationAfter(former, event);
      draft.notifications.set(notificationId, current);
      return changeTicket(draft, event, (row) => ({ undelivered: row.undelivered + undeliveredMore(former, current), deliveredAt: deliveredAfter(row.deliveredAt, event) }));
    }
    // They are part of the ticket's story; routing says what follows from them.
    case 'handoff.notification.replied.v1':
    case 'handoff.notification.acknowledged.v1': return changeTicket(draft, event, () => ({}));
    case 'handoff.health-notice.received.v1':
    case 'handoff.health-notice.affected.v1':
    case 'handoff.health-notice.told.v1': return applyNotice(draft, event);
  }
}

type NoticeEvent = EventOf<'handoff.health-notice.received.v1'> | EventOf<'handoff.health-notice.affected.v1'> | EventOf<'handoff.health-notice.told.v1'>;

function applyNotice(draft: Draft, event: NoticeEvent): void {
  switch (event.type) {
    case 'handoff.health-notice.received.v1': {
      const { noticeId } = event.data;
      return void draft.notices.set(noticeId, noticeReported(draft.notices.get(noticeId) ?? null, event));
    }
    case 'handoff.health-notice.affected.v1': {
      const { noticeId } = event.data;
      draft.notices.set(noticeId, noticeTold(draft.notices.get(noticeId) ?? null, event));
      const key = noticePartnerKey(event.data);
      return void draft.noticePartners.set(key, partnerAffected(draft.noticePartners.get(key) ?? null, event));
    }
    case 'handoff.health-notice.told.v1': {
      const key = noticePartnerKey(event.data);
      return void draft.noticePartners.set(key, partnerTold(draft.noticePartners.get(key) ?? null, event));
    }
  }
}

function changeTicket(draft: Draft, { data: { ticketId }, time }: { readonly data: { readonly ticketId: string }; readonly time: string }, change: (row: TicketRow) => Partial<TicketRow>): void {
  const row = draft.tickets.get(ticketId) ?? { ticketId, told: null, routed: null, undelivered: 0, deliveredAt: null, changedAt: time };
  draft.tickets.set(ticketId, { ...row, changedAt: latest(row.changedAt, time), ...change(row) });
}
