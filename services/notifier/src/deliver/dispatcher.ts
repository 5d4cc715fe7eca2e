import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@handoff/platform';
import type { Delivery } from '../notification/notification.js';
import type { HandOff } from '../plan-notifications/plan-notifications.handler.js';
import type { Deliverer } from './deliverer.js';
import type { DeliveryStore, SendResult } from './delivery.store.js';
import type { Recorder } from './recorder.js';

export interface DispatcherOptions {
  readonly store: DeliveryStore;
  readonly deliverer: Pick<Deliverer, 'attempt'>;
  readonly recorder: Pick<Recorder, 'record' | 'close'>;
  readonly owner: string;
  readonly clock: Clock;
  /** Sends under way. */
  readonly concurrentMax: number;
  /** Sends under way or not yet recorded: what a death can repeat. */
  readonly unrecordedMax: number;
  readonly perDestinationMax: number;
  readonly onAttempt: (result: SendResult) => void;
  readonly onError: (error: unknown) => void;
}

/** What waits for one destination, and how much of it is being sent. */
interface Desk {
  readonly destination: string;
  readonly waiting: Delivery[];
  sending: number;
}

const POLL_INTERVAL_MS = 500;
const IDLE_CLAIM_INTERVAL_MS = 20;
const SWEEP_INTERVAL_MS = 1_000;
/** A commit's answer that has not come within this time was lost. */
const FORGOTTEN_AFTER_MS = 5_000;
/** In memory for each send that is possible at once, so that no send waits for the database. */
const IN_MEMORY_A_SEND = 128;
/** What waits longer than the young generation lives costs its collector more than it gains. */
const IN_MEMORY_MAX = 1_024;
/** How long planning is held back while more could be sent than is. What then finds no room goes by way of the store, which costs more. */
const ROOM_WAIT_MS_MAX = 2_000;
const CLOSE_MS_MAX = 12_000;

/**
 * Sends what is planned: at once and from memory what was just committed, and from the store what is due by schedule, what there
 * was no room for, and what a dead process left. Destinations take turns, so that a slow one holds up no other.
 *
 * No attempt is written down before it is made. A row in hand stays pending until the outcome is committed, and a send keeps its
 * place among `unrecordedMax` for so long: a death repeats at most so many, under the same ids, and loses none.
 */
export class Dispatcher implements HandOff {
  private readonly desks = new Map<string, Desk>();
  private readonly ready = new Set<Desk>();
  private readonly inHand = new Set<string>();
  private readonly behind = new Set<string>();
  /** Sends until they are recorded; `sending` of them are not answered yet. */
  private readonly underWay = new Set<Promise<void>>();
  private sending = 0;
  private readonly stopping = new AbortController();
  private wakeUp: () => void = () => undefined;
  private isWanted = true;
  /** Whether the store may have more for us; while it has not, no send that ends makes us ask. What comes due by schedule is found by looking now and then. */
  private hasLeft = true;
  private working: Promise<unknown> = Promise.resolve();

  private readonly total: number;
  private readonly aDesk: number;
  private roomWanted: (() => void)[] = [];

  constructor(private readonly options: DispatcherOptions) {
    this.total = Math.min(options.concurrentMax * IN_MEMORY_A_SEND, IN_MEMORY_MAX);
    this.aDesk = Math.min(options.perDestinationMax * IN_MEMORY_A_SEND, this.total);
  }

  get owner(): string {
    return this.options.owner;
  }

  get inMemory(): number {
    return this.inHand.size;
  }

  start(): void {
    this.working = Promise.all([this.claimDue(), this.sweep()]);
  }

  /** What waits for a slow destination takes no room from others, so it holds nobody back. */
  async whenRoom(): Promise<void> {
    if (this.isRoomy() || this.stopping.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.roomWanted.push(resolve);
    const timer = setTimeout(resolve, ROOM_WAIT_MS_MAX);
    await promise;
    clearTimeout(timer);
  }

  /** A destination that did not fit once is served from the store until it has caught up, so that the new do not pass the old. */
  roomFor(destination: string, wanted: number): number {
    const desk = this.desks.get(destination);
    const own = this.aDesk - (desk === undefined ? 0 : desk.waiting.length + desk.sending);
    const room = this.behind.has(destination) ? 0 : Math.max(0, Math.min(this.total - this.inHand.size, own, wanted));
    if (room < wanted) this.behind.add(destination);
    return room;
  }

  take(deliveries: readonly Delivery[], { hasLeft }: { readonly hasLeft: boolean }): void {
    for (const delivery of deliveries) this.accept(delivery);
    this.pump();
    if (hasLeft) this.wake();
  }

  /** There may be something to claim, now or once what is in hand is recorded. */
  wake(): void {
    this.hasLeft = true;
    this.lookAgain();
  }

  /** Waits for the sends under way. What was not begun stays in the store for whoever runs next. */
  async close(): Promise<void> {
    this.stopping.abort();
    this.lookAgain();
    const late = new AbortController();
    await Promise.race([Promise.all(this.underWay), delay(CLOSE_MS_MAX, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    this.options.recorder.close();
    await Promise.all([this.working, ...this.underWay]);
  }

  private lookAgain(): void {
    this.isWanted = true;
    this.wakeUp();
  }

  private accept(delivery: Delivery): void {
    const { notificationId, destination } = delivery.notification;
    if (this.inHand.has(notificationId)) return;
    this.inHand.add(notificationId);
    const desk = this.desks.get(destination) ?? { destination, waiting: [], sending: 0 };
    this.desks.set(destination, desk);
    desk.waiting.push(delivery);
    this.settle(desk);
  }

  private pump(): void {
    const { concurrentMax, unrecordedMax } = this.options;
    while (this.sending < concurrentMax && this.underWay.size < unrecordedMax && !this.stopping.signal.aborted) {
      const [desk] = this.ready;
      const delivery = desk?.waiting.shift();
      if (desk === undefined || delivery === undefined) return;
      desk.sending += 1;
      this.sending += 1;
      // Taken out and put in again at the end: destinations take turns.
      this.ready.delete(desk);
      this.settle(desk);
      const sent = this.send(delivery, desk).finally(() => {
        this.underWay.delete(sent);
        this.pump();
        if (this.hasLeft) this.lookAgain();
      });
      this.underWay.add(sent);
    }
  }

  private settle(desk: Desk): void {
    if (desk.waiting.length > 0 && desk.sending < this.options.perDestinationMax) this.ready.add(desk);
    if (desk.waiting.length === 0 && desk.sending === 0) this.desks.delete(desk.destination);
  }

  private async send(delivery: Delivery, desk: Desk): Promise<void> {
    const { deliverer, recorder, onAttempt } = this.options;
    const result = await deliverer.attempt(delivery);
    desk.sending -= 1;
    this.sending -= 1;
    this.settle(desk);
    onAttempt(result);
    this.pump();
    await recorder.record(result);
    this.inHand.delete(delivery.notification.notificationId);
    if (this.roomWanted.length > 0 && this.isRoomy()) for (const resolve of this.roomWanted.splice(0)) resolve();
  }

  private isRoomy(): boolean {
    let sendable = this.underWay.size;
    for (const { waiting } of this.ready) sendable += waiting.length;
    return sendable <= this.total / 2;
  }

  private async claimDue(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const claimed = await this.claim();
      if (claimed > 0) continue;
      await this.pause(IDLE_CLAIM_INTERVAL_MS);
      await this.wanted();
    }
  }

  private async claim(): Promise<number> {
    this.isWanted = false;
    // What is in hand may hold back others of its ticket, which come due when it is recorded.
    if (this.inHand.size === 0) this.hasLeft = false;
    const { store, owner, clock } = this.options;
    const limit = this.total - this.inHand.size;
    // A desk is filled again when it is half empty, so that claims bring many at a time.
    const full = this.aDesk;
    const rooms = new Map([...this.desks.values()].map(({ destination, waiting }) => [destination, waiting.length > full / 2 ? 0 : full - waiting.length]));
    if (limit < this.total / 2) return 0;
    try {
      const deliveries = await store.claim({ owner, now: clock.now(), limit, rooms, roomElse: full });
      for (const delivery of deliveries) this.accept(delivery);
      if (deliveries.length < limit) this.noteCaughtUp(deliveries, (destination) => rooms.get(destination) ?? full);
      if (deliveries.length > 0) this.hasLeft = true;
      this.pump();
      return deliveries.length;
    } catch (error) {
      this.options.onError(error);
      await this.pause(POLL_INTERVAL_MS);
      return 0;
    }
  }

  private noteCaughtUp(deliveries: readonly Delivery[], roomOf: (destination: string) => number): void {
    const claimed = Map.groupBy(deliveries, ({ notification }) => notification.destination);
    for (const destination of this.behind) {
      if ((claimed.get(destination)?.length ?? 0) < roomOf(destination)) this.behind.delete(destination);
    }
  }

  private async sweep(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const forgottenBefore = new Date(this.options.clock.now().getTime() - FORGOTTEN_AFTER_MS);
        const released = await this.options.store.releaseDead(this.owner) + await this.options.store.releaseForgotten(this.owner, [...this.inHand], forgottenBefore);
        if (released > 0) this.wake();
      } catch (error) {
        this.options.onError(error);
      }
      await this.pause(SWEEP_INTERVAL_MS);
    }
  }

  private async wanted(): Promise<void> {
    if (this.isWanted || this.stopping.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wakeUp = resolve;
    const timer = setTimeout(resolve, POLL_INTERVAL_MS);
    await promise;
    clearTimeout(timer);
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
