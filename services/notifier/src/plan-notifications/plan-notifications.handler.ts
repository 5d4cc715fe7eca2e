import type { EventOf, HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { ForeignTicketStore } from '../channels/ticketing/foreign-ticket.store.js';
import type { ConfiguredChannel } from '../manage-channels/channel.js';
import type { ChannelStore } from '../manage-channels/channel.store.js';
import { subjectLineOf } from '../message/content.decision.js';
import { failedEvent, suppressedEvent } from '../notification/notification.events.js';
import { type Delivery, type PlannedNotification, sourceDestination, type Told } from '../notification/notification.js';
import type { SuppressRemindersHandler } from '../suppress-reminders/suppress-reminders.handler.js';
import { heldBack } from '../suppress/hold.decision.js';
import type { SuppressionStore } from '../suppress/suppression.store.js';
import { planDepartures } from './departures.decision.js';
import { Lanes } from './lanes.js';
import { planNotifications } from './plan.decision.js';
import type { PlanStore, TicketThread, ToldTicket } from './plan.store.js';

type Routed = EventOf<'handoff.ticket.routed.v1'> & { readonly data: Told };

/** Who sends what was planned. */
export interface HandOff {
  readonly owner: string;
  /** Resolves when there is room for so many, which is kept for them until they are taken; or after a moment all the same: slow receivers do not stop the planning. */
  whenRoom(places: number): Promise<Room>;
  /** How many of so many more for this address it takes at once. What it does not take it claims from the store later. */
  roomFor(lane: string, wanted: number): number;
  /** Takes what was committed, and is told whether more of it was left in the store. */
  take(deliveries: readonly Delivery[], more: { readonly room: Room; readonly hasLeft: boolean }): void;
}

/** Places in memory that are kept for a chunk. */
export interface Room {
  readonly places: number;
}

export interface PlanPorts {
  readonly plans: PlanStore;
  readonly channels: ChannelStore;
  readonly suppressions: Pick<SuppressionStore, 'open'>;
  readonly handOff: HandOff;
  readonly reminders: Pick<SuppressRemindersHandler, 'routed'>;
  readonly foreignTickets: Pick<ForeignTicketStore, 'closedThere'>;
  readonly clock: Clock;
}

/** Load what a chunk of routed tickets needs, decide the notifications, save them; after commit they are sent. */
export class PlanNotificationsHandler {
  constructor(private readonly ports: PlanPorts) {}

  async handle(events: readonly Routed[], tx: Transaction): Promise<void> {
    const { plans, handOff, reminders, clock } = this.ports;
    const room = await handOff.whenRoom(events.length);
    const now = clock.now();
    const threads = new Map(await plans.lockThreads(tx, toldTickets(events)));
    const newTicketIds = new Set([...threads.values()].flatMap(({ ticketId, isNew }) => (isNew ? [ticketId] : [])));
    const channels = await this.channelsOf(tx, events);
    const holding = { suppressions: await this.ports.suppressions.open(tx, now), at: now.toISOString() };
    const lanes = new Lanes(await plans.ticketingLanes(tx, [...threads.keys()].filter((ticketId) => !newTicketIds.has(ticketId))));
    const notifications: PlannedNotification[] = [];
    for (const event of events) {
      const { ticketId, ticketVersion } = event.data;
      const thread = threads.get(ticketId) ?? { ticketId, plannedVersion: 0, subjectLine: subjectLineOf(event.data), isNew: true };
      const { plannedVersion } = thread;
      const planned = planNotifications(event, { channels, plannedVersion });
      const all = [...planned, ...planDepartures(event, { latest: lanes.of(ticketId), planned, plannedVersion })];
      lanes.add(all.filter((one) => one.planned.state === 'pending'));
      notifications.push(...all.map((one) => heldBack(one, event.data, holding)));
      threads.set(ticketId, { ...thread, plannedVersion: Math.max(plannedVersion, ticketVersion) });
    }
    const used = new Set(notifications.map(versionKey));
    const routed = events.map(({ data }) => data).filter((data) => used.has(versionKey(data)));
    const taken = await plans.save(tx, { threads: [...threads.values()].filter(({ isNew }) => !isNew), routed, notifications, owner: handOff.owner, handOffIds: this.choose(notifications), newTicketIds, now });
    await tx.outbox.add(notifications.flatMap((notification) => unsentEvents(notification, now)));
    await this.noteClosedThere(events, tx);
    await reminders.routed(events.map(({ data }) => data), tx);
    const deliveries = deliveriesOf(notifications.filter(({ notificationId }) => taken.has(notificationId)), { routed, threads, channels });
    const hasLeft = notifications.filter(({ planned }) => planned.state === 'pending').length > taken.size;
    tx.afterCommit(() => handOff.take(deliveries, { room, hasLeft }));
  }

  /** A ticket that its contact closed in its own system needs no word from us that it is closed. */
  private async noteClosedThere(events: readonly Routed[], tx: Transaction): Promise<void> {
    for (const { data: { ticketId, ticketVersion, cause, saidBy } } of events) {
      if (cause === 'resolved' && saidBy != null && saidBy.party !== null) await this.ports.foreignTickets.closedThere(tx, { ticketId, destination: saidBy.party, version: ticketVersion });
    }
  }

  private async channelsOf(tx: Transaction, events: readonly Routed[]): Promise<ReadonlyMap<string, readonly ConfiguredChannel[]>> {
    const destinations = [...new Set(events.flatMap(({ data }) => [...data.recipients.map(({ destination }) => destination), ...(data.forSource === undefined ? [] : [sourceDestination(data.ticket.source)])]))];
    const channels = destinations.length === 0 ? [] : await this.ports.channels.forDestinations(tx, destinations);
    return Map.groupBy(channels, ({ destination }) => destination);
  }

  /** The first of each ticket and lane, as far as there is room; the rest is claimed from the store in its turn. */
  private choose(notifications: readonly PlannedNotification[]): ReadonlySet<string> {
    const lanes = new Set<string>();
    const firsts = notifications.filter(({ ticketId, lane, planned }) => {
      const key = `${ticketId} ${lane}`;
      return planned.state === 'pending' && !lanes.has(key) && lanes.add(key);
    });
    const chosen = [...Map.groupBy(firsts, ({ lane }) => lane)]
      .flatMap(([lane, waiting]) => waiting.slice(0, this.ports.handOff.roomFor(lane, waiting.length)));
    return new Set(chosen.map(({ notificationId }) => notificationId));
  }
}

/** The subject line of a ticket is that of its first message, for good. */
function toldTickets(events: readonly Routed[]): readonly ToldTicket[] {
  const told = new Map<string, ToldTicket>();
  for (const { data } of events) {
    const { ticketId, ticketVersion } = data;
    const before = told.get(ticketId);
    told.set(ticketId, { ticketId, subjectLine: before?.subjectLine ?? subjectLineOf(data), version: Math.max(before?.version ?? 0, ticketVersion) });
  }
  return [...told.values()];
}

/** What is said of a notification that is not to be sent. */
function unsentEvents(notification: PlannedNotification, now: Date): HandoffEvent[] {
  const { planned } = notification;
  const fact = { attempts: 0, at: now.toISOString() };
  switch (planned.state) {
    case 'pending': return [];
    case 'failed': return [failedEvent(notification, { ...fact, code: planned.code, detail: planned.detail })];
    case 'suppressed': return [suppressedEvent(notification, { ...fact, suppressed: planned })];
  }
}

function deliveriesOf(notifications: readonly PlannedNotification[], { routed, threads, channels }: { routed: readonly Routed['data'][]; threads: ReadonlyMap<string, TicketThread>; channels: ReadonlyMap<string, readonly ConfiguredChannel[]> }): Delivery[] {
  const facts = new Map(routed.map((data) => [versionKey(data), data]));
  const limits = new Map([...channels.values()].flat().map(({ channelId, messagesPerMinuteMax }) => [channelId, messagesPerMinuteMax]));
  return notifications.flatMap((notification) => {
    const data = facts.get(versionKey(notification));
    const thread = threads.get(notification.ticketId);
    return data === undefined || thread === undefined ? [] : [{ notification, routed: data, subjectLine: thread.subjectLine, attempts: 0, step: 0, messagesPerMinuteMax: limits.get(notification.target.channelId ?? '') ?? null }];
  });
}

function versionKey({ ticketId, ticketVersion }: { readonly ticketId: string; readonly ticketVersion: number }): string {
  return `${ticketId} ${ticketVersion}`;
}
