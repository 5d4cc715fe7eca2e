import type { ChannelKind, Delivery } from '../notification/notification.js';
import type { SendResult } from './delivery.store.js';
import { bundleOf } from './bundle.decision.js';
import { askGate, gateAfter, gateUnused, isForgettable, type LaneGate, newGate } from './lane-gate.decision.js';

/** What waits for one address (a lane), and how much of it is being sent. */
export interface Desk {
  readonly lane: string;
  waiting: Delivery[];
  sending: number;
  gate: LaneGate;
  /** Its gate is shut until then; epoch milliseconds, 0: it is not. */
  heldUntilMs: number;
}

/** Whose turn it is. */
export interface Turn {
  readonly desk: Desk;
  readonly delivery: Delivery;
  /** Those that go with it as one message; none: it goes by itself. */
  readonly bundle: readonly Delivery[];
  /** Of the gate's circuit; what comes of the send is told with it. */
  readonly generation: number;
}

export interface DesksOptions {
  /** Sends under way to one address. */
  readonly perLaneMax: number;
  /** Where a channel does not say how many messages it takes in a minute; `null`: any. */
  readonly messagesPerMinuteMax: (kind: ChannelKind | 'none') => number | null;
}

/** The desks of all addresses. They take turns, so that a slow one holds up no other, and one whose gate is shut is passed. */
export class Desks {
  private readonly desks = new Map<string, Desk>();
  private readonly ready = new Set<Desk>();
  /** Those with a time in `heldUntilMs`: they are asked for at every send, and few of many are shut. */
  private readonly shut = new Set<Desk>();

  constructor(private readonly options: DesksOptions) {}

  accept(delivery: Delivery, nowMs: number): void {
    const { lane } = delivery.notification;
    const desk = this.desks.get(lane) ?? { lane, waiting: [], sending: 0, gate: newGate(nowMs), heldUntilMs: 0 };
    this.desks.set(lane, desk);
    desk.waiting.push(delivery);
    this.settle(desk);
  }

  /** The next that may be sent; `null`: none may now. */
  next(nowMs: number): Turn | null {
    for (const desk of this.ready) {
      // Taken out and put in again at the end: addresses take turns.
      this.ready.delete(desk);
      const [delivery] = desk.waiting;
      if (delivery === undefined) continue;
      const { messagesPerMinuteMax, notification: { target } } = delivery;
      const asked = askGate(desk.gate, { nowMs, messagesPerMinuteMax: messagesPerMinuteMax ?? this.options.messagesPerMinuteMax(target.channel) });
      if (!asked.isOpen) {
        desk.heldUntilMs = asked.untilMs;
        this.shut.add(desk);
        continue;
      }
      desk.gate = asked.gate;
      const bundle = bundleOf(desk.waiting, asked);
      const taken = new Set(bundle.length === 0 ? [delivery] : bundle);
      if (taken.size === 1) desk.waiting.shift();
      else desk.waiting = desk.waiting.filter((one) => !taken.has(one));
      desk.sending += 1;
      this.settle(desk);
      return { desk, delivery, bundle, generation: asked.generation };
    }
    return null;
  }

  /** A send ended. What the gate waited for may have come. */
  ended({ desk, generation }: Turn, result: SendResult, nowMs: number): void {
    desk.sending -= 1;
    desk.gate = gateAfter(desk.gate, { generation, result, nowMs });
    this.unlock(desk);
    this.settle(desk);
    this.forget(desk, nowMs);
  }

  /** A turn came to nothing: what it was for is in the store. */
  unused({ desk, generation }: Turn, nowMs: number): void {
    desk.sending -= 1;
    desk.gate = gateUnused(desk.gate, { generation, nowMs });
    this.settle(desk);
  }

  /** Opens the desks whose time has come. Returns whether there are any. */
  reopen(nowMs: number): boolean {
    const due = this.held().filter(({ heldUntilMs }) => heldUntilMs <= nowMs);
    for (const desk of due) {
      this.unlock(desk);
      this.settle(desk);
    }
    return due.length > 0;
  }

  /** When the first desk opens that is shut now; `null`: none is. */
  nextOpeningMs(): number | null {
    const times = this.held().map(({ heldUntilMs }) => heldUntilMs);
    return times.length === 0 ? null : Math.min(...times);
  }

  held(): readonly Desk[] {
    return [...this.shut];
  }

  /** What waits at desks that stay shut for longer than this. It leaves them. */
  putAside(nowMs: number, longerThanMs: number): readonly Delivery[] {
    return this.held().filter(({ heldUntilMs }) => heldUntilMs - nowMs > longerThanMs).flatMap(({ waiting }) => waiting.splice(0));
  }

  isHeld(lane: string): boolean {
    return (this.desks.get(lane)?.heldUntilMs ?? 0) > 0;
  }

  /** How many more a desk takes, of `full` at most. Before a receiver that failed one waits, to try whether it is well again. */
  roomAt(lane: string, full: number): number {
    const desk = this.desks.get(lane);
    if (desk === undefined) return full;
    if (desk.heldUntilMs > 0) return 0;
    const { waiting, sending, gate } = desk;
    return gate.circuit.state === 'closed' ? full - waiting.length - sending : Math.max(0, 1 - waiting.length - sending);
  }

  lanes(): Iterable<string> {
    return this.desks.keys();
  }

  /** Those that could be sent at once. */
  readyDeliveries(): number {
    return [...this.ready].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /** Drops the desks at which nothing is and of which nothing needs to be known. */
  tidy(nowMs: number): void {
    for (const desk of this.desks.values()) this.forget(desk, nowMs);
  }

  private forget(desk: Desk, nowMs: number): void {
    if (desk.waiting.length === 0 && desk.sending === 0 && isForgettable(desk.gate, nowMs)) {
      this.desks.delete(desk.lane);
      this.shut.delete(desk);
    }
  }

  private unlock(desk: Desk): void {
    desk.heldUntilMs = 0;
    this.shut.delete(desk);
  }

  private settle(desk: Desk): void {
    if (desk.waiting.length > 0 && desk.sending < this.options.perLaneMax && desk.heldUntilMs === 0) this.ready.add(desk);
  }
}
