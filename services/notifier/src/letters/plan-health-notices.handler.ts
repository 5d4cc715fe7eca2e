import type { EventOf, HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { ConfiguredChannel } from '../manage-channels/channel.js';
import type { ChannelStore } from '../manage-channels/channel.store.js';
import { outcomeEvents } from '../notification/notification.events.js';
import type { PlannedNotification } from '../notification/notification.js';
import { heldBack } from '../suppress/hold.decision.js';
import type { SuppressionStore } from '../suppress/suppression.store.js';
import { healthNoticeLetter, planHealthNotice } from './health-notice.decision.js';
import { keepLetters, type LetterPorts } from './keep-letters.js';

export interface PlanHealthNoticesPorts extends LetterPorts {
  readonly channels: ChannelStore;
  readonly suppressions: Pick<SuppressionStore, 'open'>;
  readonly clock: Clock;
}

/** Plans one message for each address of a partner that an outage concerns. */
export class PlanHealthNoticesHandler {
  constructor(private readonly ports: PlanHealthNoticesPorts) {}

  async handle(events: readonly EventOf<'handoff.health-notice.affected.v1'>[], tx: Transaction): Promise<void> {
    const { channels, suppressions, clock } = this.ports;
    const now = clock.now();
    const holding = { suppressions: await suppressions.open(tx, now), at: now.toISOString() };
    const destinations = [...new Set(events.map(({ data }) => data.destination))];
    const byDestination: ReadonlyMap<string, readonly ConfiguredChannel[]> = Map.groupBy(await channels.forDestinations(tx, destinations), ({ destination }) => destination);
    const letters = events.map((event) => healthNoticeLetter(event));
    const planned = await keepLetters(tx, letters.map((letter, index) => ({
      letter,
      carriedBy: (plannedVersion: number) => planHealthNotice(letter, { channels: byDestination.get(letter.destination) ?? [], plannedVersion, traceparent: events[index]?.traceparent ?? null }).map((one) => heldBack(one, letter, holding)),
    })), { ...this.ports, now });
    const letterOf = new Map(letters.map((letter) => [`${letter.ticketId} ${letter.ticketVersion}`, letter]));
    await tx.outbox.add(planned.flatMap((one): HandoffEvent[] => {
      const letter = letterOf.get(`${one.ticketId} ${one.ticketVersion}`);
      return letter === undefined ? [] : unsent(one, letter, holding.at);
    }));
  }
}

function unsent(notification: PlannedNotification, letter: Parameters<typeof outcomeEvents>[1], at: string): HandoffEvent[] {
  const { planned } = notification;
  return planned.state === 'pending' ? [] : outcomeEvents(notification, letter, { attempts: 0, at, outcome: planned });
}
