import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@handoff/platform';
import type { ChannelKind, Delivery } from '../notification/notification.js';
import type { HandOff, Room } from '../plan-notifications/plan-notifications.handler.js';
import type { BundleHandler } from './bundle.handler.js';
import type { Deliverer } from './deliverer.js';
import type { DeliveryStore, SendResult } from './delivery.store.js';
import { Desks, type Turn } from './desks.js';
import type { Recorder } from './recorder.js';

export interface DispatcherOptions {
  readonly store: DeliveryStore;
  readonly deliverer: Pick<Deliverer, 'attempt'>;
  readonly recorder: Pick<Recorder, 'record' | 'close'>;
  readonly bundles: Pick<BundleHandler, 'handle'>;
  readonly owner: string;
  readonly clock: Clock;
  /** Sends under way. */
  readonly concurrentMax: number;
  /** Sends under way or not yet recorded: what a death can repeat. */
  readonly unrecordedMax: number;
  /** Sends under way to one address. */
  readonly perDestinationMax: number;
  /** Where a channel does not say how many messages it takes in a minute; `null`: any. */
  readonly messagesPerMinuteMax: (kind: ChannelKind | 'none') => number | null;
  readonly onAttempt: (result: SendResult) => void;
  readonly onError: (error: unknown) => void;
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
/**
 * How long a chunk whose turn it is to be planned is held back while slow receivers take up the sends, or much lies in the store.
 * What is planned then finds no room and goes by way of the store, which costs more.
 */
const ROOM_WAIT_MS_MAX = 2_000;
/** So long a chunk may take from its turn to its commit; one that failed does not come back. */
const ROOM_KEPT_MS_MAX = 5_000;
/** What waits for an address that is left alone for longer goes back to the store, so that it takes no room from others. */
const HELD_IN_MEMORY_MS_MAX = 2_000;
const CLOSE_MS_MAX = 12_000;

/**
 * Sends what is planned: at once and from memory what was just committed, and from the store what is due by schedule, what there
 * was no room for, and what a dead process left. Addresses take turns, so that a slow one holds up no other; one that fails is left
 * alone for a while, and then tried with one message.
 *
 * No attempt is written down before it is made. A row in hand stays pending until the outcome is committed, and a send keeps its
 * place among `unrecordedMax` for so long: a death repeats at most so many, under the same ids, and loses none.
 */
export class Dispatcher implements HandOff {
  private readonly desks: Desks;
  private readonly inHand = new Set<string>();
  private readonly behind = new Set<string>();
  /** Sends until they are recorded; `sending` of them are not answered yet. */
  private readonly underWay = new Set<Promise<void>>();
  private sending = 0;
  /** Sends that were answered so far. */
  private answered = 0;
  private readonly stopping = new AbortController();
  private wakeUp: () => void = () => undefined;
  private isWanted = true;
  /** Whether the store may have more for us; while it has not, no send that ends makes us ask. What comes due by schedule is found by looking now and then. */
  private hasLeft = true;
  /** The store had as much as there was room for: what is planned meanwhile has to go by way of it as well. */
  private isCatchingUp = false;
  private working: Promise<unknown> = Promise.resolve();
  private opening: NodeJS.Timeout | undefined;

  private readonly total: number;
  private readonly aDesk: number;
  /** Chunks that wait to be planned, in turn. */
  private readonly roomWanted: { readonly room: Room; readonly admit: (room: Room) => void }[] = [];
  /** Of chunks that are being planned, and until when; epoch milliseconds. */
  private readonly roomKept = new Map<Room, number>();
  private roomTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: DispatcherOptions) {
    this.total = Math.min(options.concurrentMax * IN_MEMORY_A_SEND, IN_MEMORY_MAX);
    this.desks = new Desks({ perLaneMax: options.perDestinationMax, messagesPerMinuteMax: options.messagesPerMinuteMax });
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

  whenRoom(places: number): Promise<Room> {
    const { promise, resolve } = Promise.withResolvers<Room>();
    this.roomWanted.push({ room: { places }, admit: resolve });
    this.admit();
    return promise;
  }

  /** An address that did not fit once is served from the store until it has caught up, so that the new do not pass the old. */
  roomFor(lane: string, wanted: number): number {
    const room = this.behind.has(lane) ? 0 : Math.max(0, Math.min(this.total - this.inHand.size, this.desks.roomAt(lane, this.aDesk), wanted));
    if (room < wanted) this.behind.add(lane);
    return room;
  }

  take(deliveries: readonly Delivery[], { room, hasLeft }: { readonly room: Room; readonly hasLeft: boolean }): void {
    this.roomKept.delete(room);
    for (const delivery of deliveries) this.accept(delivery);
    this.pump();
    this.admit();
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
    clearTimeout(this.opening);
    this.admit();
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

  private get nowMs(): number {
    return this.options.clock.now().getTime();
  }

  private accept(delivery: Delivery): void {
    const { notificationId } = delivery.notification;
    if (this.inHand.has(notificationId)) return;
    this.inHand.add(notificationId);
    this.desks.accept(delivery, this.nowMs);
  }

  private pump(): void {
    const { concurrentMax, unrecordedMax } = this.options;
    if (this.stopping.signal.aborted) return;
    while (this.sending < concurrentMax && this.underWay.size < unrecordedMax) {
      const turn = this.desks.next(this.nowMs);
      if (turn === null) break;
      this.sending += 1;
      const sent = this.send(turn).finally(() => {
        this.underWay.delete(sent);
        this.pump();
        if (this.hasLeft) this.lookAgain();
      });
      this.underWay.add(sent);
    }
    this.putAside();
    this.awaitOpening();
  }

  private async send(turn: Turn): Promise<void> {
    const { deliverer, recorder, onAttempt } = this.options;
    const delivery = turn.bundle.length === 0 ? turn.delivery : await this.bundled(turn);
    if (delivery === null) return;
    const result = await deliverer.attempt(delivery);
    this.sending -= 1;
    this.answered += 1;
    this.desks.ended(turn, result, this.nowMs);
    onAttempt(result);
    this.pump();
    await recorder.record(result);
    this.inHand.delete(delivery.notification.notificationId);
    this.admit();
  }

  /** What goes out for several; `null`: they are left in the store, and come again. */
  private async bundled(turn: Turn): Promise<Delivery | null> {
    const ids = turn.bundle.map(({ notification }) => notification.notificationId);
    const bundle = await this.options.bundles.handle(turn.bundle).catch((error: unknown) => {
      this.options.onError(error);
      return null;
    });
    for (const id of ids) this.inHand.delete(id);
    if (bundle !== null) {
      this.inHand.add(bundle.notification.notificationId);
      return bundle;
    }
    this.sending -= 1;
    this.desks.unused(turn, this.nowMs);
    this.leave(ids);
    return null;
  }

  private putAside(): void {
    const ids = this.desks.putAside(this.nowMs, HELD_IN_MEMORY_MS_MAX).map(({ notification }) => notification.notificationId);
    if (ids.length === 0) return;
    for (const id of ids) this.inHand.delete(id);
    this.leave(ids);
  }

  private leave(ids: readonly string[]): void {
    this.hasLeft = true;
    // What the store does not hear of now it lets go of by itself: it is in no hand that this process knows of.
    this.options.store.release(this.owner, ids).catch((error: unknown) => this.options.onError(error));
  }

  private awaitOpening(): void {
    clearTimeout(this.opening);
    const openingMs = this.desks.nextOpeningMs();
    if (openingMs !== null) this.opening = setTimeout(() => this.open(), Math.max(1, openingMs - this.nowMs));
  }

  private open(): void {
    if (!this.desks.reopen(this.nowMs)) return this.awaitOpening();
    this.pump();
    this.wake();
  }

  /** Lets chunks be planned in turn, each when there is room for all of it or when it has waited for long. */
  private admit(): void {
    for (let [first] = this.roomWanted; first !== undefined && this.isRoomFor(first.room); [first] = this.roomWanted) this.admitFirst();
    if (this.roomWanted.length > 0) this.roomTimer ??= setTimeout((before) => this.roomIsLate(before), ROOM_WAIT_MS_MAX, this.answered);
  }

  /**
   * While every place of a send was free again in the meantime, waiting is the shorter way: what is in memory is soon sent. What lies
   * in the store may be much, and claims are fair among addresses as Kafka is not.
   */
  private roomIsLate(answeredBefore: number): void {
    this.roomTimer = undefined;
    const isFlowing = this.answered - answeredBefore >= this.options.concurrentMax;
    if (!isFlowing || this.isCatchingUp) this.admitFirst();
    this.admit();
  }

  private admitFirst(): void {
    clearTimeout(this.roomTimer);
    this.roomTimer = undefined;
    const first = this.roomWanted.shift();
    if (first === undefined) return;
    this.roomKept.set(first.room, this.nowMs + ROOM_KEPT_MS_MAX);
    first.admit(first.room);
  }

  /** What waits for a slow destination takes no room from others, so it holds nobody back. */
  private isRoomFor({ places }: Room): boolean {
    if (this.stopping.signal.aborted) return true;
    for (const [room, untilMs] of this.roomKept) if (untilMs <= this.nowMs) this.roomKept.delete(room);
    const kept = [...this.roomKept.keys()].reduce((sum, room) => sum + room.places, 0);
    const ready = this.desks.readyDeliveries();
    if (this.isCatchingUp && ready > this.total / 4) return false;
    const used = this.underWay.size + ready + kept;
    return used === 0 || used + places <= this.total;
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
    if (this.desks.reopen(this.nowMs)) this.pump();
    const full = this.aDesk;
    const rooms = new Map([...this.desks.lanes()].map((lane) => [lane, this.roomOf(lane)]));
    if (limit < this.total / 2) return 0;
    try {
      const heldLanes = this.desks.held().map(({ lane }) => lane);
      const deliveries = await store.claim({ owner, now: clock.now(), limit, rooms, roomElse: full, heldLanes });
      for (const delivery of deliveries) this.accept(delivery);
      this.isCatchingUp = deliveries.length === limit;
      if (!this.isCatchingUp) this.noteCaughtUp(deliveries, (lane) => rooms.get(lane) ?? full);
      if (deliveries.length > 0) this.hasLeft = true;
      this.pump();
      this.admit();
      return deliveries.length;
    } catch (error) {
      this.options.onError(error);
      await this.pause(POLL_INTERVAL_MS);
      return 0;
    }
  }

  /** A desk is filled again when it is half empty, so that claims bring many at a time. */
  private roomOf(lane: string): number {
    const room = this.desks.roomAt(lane, this.aDesk);
    return room === 1 || room >= this.aDesk / 2 ? room : 0;
  }

  private noteCaughtUp(deliveries: readonly Delivery[], roomOf: (lane: string) => number): void {
    const claimed = Map.groupBy(deliveries, ({ notification }) => notification.lane);
    for (const lane of this.behind) {
      if (!this.desks.isHeld(lane) && (claimed.get(lane)?.length ?? 0) < roomOf(lane)) this.behind.delete(lane);
    }
  }

  private async sweep(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.desks.tidy(this.nowMs);
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
