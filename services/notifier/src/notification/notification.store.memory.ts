import type { Transaction } from '@handoff/messaging';
import { type MemoryDatabase, onRollback } from '@handoff/messaging';
import { isLetter, type Letter } from '../letters/letter.js';
import { type HeldNotification, type Outcome, OVERTAKEN, summarisedDetail } from '../suppress/suppression.store.js';
import type { ClaimRequest, DeliveryStore, SendResult, SummarisedNotification } from '../deliver/delivery.store.js';
import { ORDER_HOLD_MS_MAX } from '../deliver/disposition.decision.js';
import type { Plan, PlanStore, TicketThread, ToldTicket } from '../plan-notifications/plan.store.js';
import { attemptsLeftAfter } from '../deliver/disposition.decision.js';
import { isResendable, isUndelivered, type NotificationCause, type NotificationFilter, type NotificationRecord, type NotificationStore } from '../show-notifications/notification.store.js';
import type { Answered, ReminderStore, SuppressedReminder } from '../suppress-reminders/reminder.store.js';
import type { Attempt, Delivery, MessageFacts, Notification, State, UnsentReason, Target, Told } from './notification.js';

interface Row {
  notification: Notification;
  state: State;
  code: string | null;
  detail: string | null;
  receipt: string | null;
  overtakes: boolean;
  suppressionId: string | null;
  summaryId: string | null;
  step: number;
  nextAttemptAt: Date;
  owner: string | null;
  claimedAt: Date | null;
  createdAt: Date;
  finishedAt: Date | null;
  attempts: Attempt[];
}

/** The twin of the four PostgreSQL stores of notifications, over one table. */
export class MemoryNotificationStore implements PlanStore, DeliveryStore, NotificationStore, ReminderStore {
  private threads = new Map<string, TicketThread>();
  private routed = new Map<string, Told | Letter>();
  private answers = new Map<string, Answered>();
  private rows: Row[] = [];

  /** @param messagesPerMinuteMax of a channel, which PostgreSQL has in another table. */
  constructor(private readonly database: MemoryDatabase, private readonly messagesPerMinuteMax: (channelId: string | null) => number | null = () => null) {}

  lockThreads(tx: Transaction, tickets: readonly ToldTicket[]): Promise<ReadonlyMap<string, TicketThread>> {
    this.rememberFor(tx);
    return Promise.resolve(new Map(tickets.map(({ ticketId, subjectLine, version }) => {
      const known = this.threads.get(ticketId);
      if (known !== undefined) return [ticketId, known];
      this.threads.set(ticketId, { ticketId, plannedVersion: version, subjectLine, isNew: false });
      return [ticketId, { ticketId, plannedVersion: 0, subjectLine, isNew: true }];
    })));
  }

  ticketingLanes(_tx: Transaction, ticketIds: readonly string[]): Promise<readonly Notification[]> {
    const latest = new Map<string, Notification>();
    for (const { notification, state } of this.rows) {
      const { ticketId, lane, ticketVersion, target } = notification;
      const key = `${ticketId} ${lane}`;
      if (target.channel === 'ticketing' && state !== 'failed' && ticketIds.includes(ticketId) && (latest.get(key)?.ticketVersion ?? 0) < ticketVersion) latest.set(key, notification);
    }
    return Promise.resolve([...latest.values()]);
  }

  save(tx: Transaction, plan: Plan): Promise<ReadonlySet<string>> {
    this.rememberFor(tx);
    for (const { ticketId, plannedVersion } of plan.threads) {
      const thread = this.threads.get(ticketId);
      if (thread !== undefined) this.threads.set(ticketId, { ...thread, plannedVersion });
    }
    for (const data of plan.routed) this.routed.set(`${data.ticketId} ${data.ticketVersion}`, data);
    const before = [...this.rows];
    const fresh = plan.notifications.filter(({ notificationId }) => this.find(notificationId) === undefined);
    const taken = new Set<string>();
    for (const { planned, ...notification } of fresh) {
      const isFirst = !before.some((row) => row.state === 'pending' && isSameLane(row.notification, notification));
      const isTaken = planned.state === 'pending' && plan.handOffIds.has(notification.notificationId) && isFirst;
      if (isTaken) taken.add(notification.notificationId);
      this.rows.push({
        notification, state: planned.state, code: planned.state === 'pending' ? null : planned.code, detail: planned.state === 'pending' ? null : planned.detail,
        receipt: null, overtakes: false, suppressionId: planned.state === 'suppressed' ? (planned.heldBy?.suppressionId ?? null) : null, summaryId: null, step: 0, nextAttemptAt: plan.now, owner: isTaken ? plan.owner : null, claimedAt: isTaken ? plan.now : null,
        createdAt: plan.now, finishedAt: planned.state === 'pending' ? null : plan.now, attempts: [],
      });
    }
    return Promise.resolve(taken);
  }

  claim({ owner, now, limit, rooms, roomElse, heldLanes }: ClaimRequest): Promise<readonly Delivery[]> {
    const left = new Map(rooms);
    const holdUntil = new Date(now.getTime() + ORDER_HOLD_MS_MAX);
    const due = this.rows.filter((row) => row.state === 'pending' && row.owner === null && row.nextAttemptAt <= now && !heldLanes.includes(row.notification.lane))
      .filter((row) => !this.earlier(row).some((earlier) => earlier.owner !== null || earlier.nextAttemptAt <= holdUntil))
      .sort((a, b) => a.nextAttemptAt.getTime() - b.nextAttemptAt.getTime())
      .filter(({ notification: { lane } }) => {
        const room = left.get(lane) ?? roomElse;
        left.set(lane, room - 1);
        return room > 0;
      }).slice(0, limit);
    for (const row of due) Object.assign(row, { owner, claimedAt: now, overtakes: row.overtakes || this.earlier(row).length > 0 });
    return Promise.resolve(due.map((row) => this.deliveryOf(row)));
  }

  release(owner: string, notificationIds: readonly string[]): Promise<void> {
    this.letGo((row) => row.owner === owner && notificationIds.includes(row.notification.notificationId));
    return Promise.resolve();
  }

  releaseDead(owner: string): Promise<number> {
    return Promise.resolve(this.letGo((row) => row.owner !== owner && !this.database.livingOwners.has(row.owner ?? '')));
  }

  releaseForgotten(owner: string, known: readonly string[], claimedBefore: Date): Promise<number> {
    return Promise.resolve(this.letGo((row) => row.owner === owner && (row.claimedAt ?? claimedBefore) < claimedBefore && !known.includes(row.notification.notificationId)));
  }

  record(tx: Transaction, owner: string, results: readonly SendResult[]): Promise<ReadonlySet<string>> {
    this.rememberFor(tx);
    const recorded = new Set<string>();
    for (const result of results) {
      const { delivery } = result;
      const { notificationId } = delivery.notification;
      const row = this.find(notificationId);
      if (row === undefined || row.owner !== owner || row.state !== 'pending') continue;
      recorded.add(notificationId);
      if (!('attempt' in result)) {
        Object.assign(row, { state: 'suppressed', ...result.reason, owner: null, claimedAt: null, finishedAt: new Date(result.at) });
        continue;
      }
      const { attempt, disposition } = result;
      Object.assign(row, {
        state: disposition.state, code: attempt.code, detail: disposition.state === 'delivered' ? null : disposition.detail,
        receipt: disposition.state === 'delivered' ? disposition.receipt : null, step: delivery.step + 1, owner: null, claimedAt: null,
        nextAttemptAt: disposition.state === 'pending' ? new Date(disposition.nextAttemptAtMs) : row.nextAttemptAt,
        finishedAt: disposition.state === 'pending' ? null : new Date(Date.parse(attempt.at) + attempt.durationMs), attempts: [...row.attempts, attempt],
      });
    }
    return Promise.resolve(recorded);
  }

  oldestPending(): Promise<Date | null> {
    return Promise.resolve(this.rows.filter(({ state }) => state === 'pending').map(({ createdAt }) => createdAt).sort((a, b) => a.getTime() - b.getTime())[0] ?? null);
  }

  list({ ticketId, state, undelivered, destination, suppressionId, code, finishedSince, cursor, limit }: NotificationFilter): Promise<{ readonly items: readonly NotificationRecord[]; readonly next: string | null }> {
    const found = this.rows.map((row, index) => ({ row, seq: index + 1 })).reverse()
      .filter(({ row, seq }) => (ticketId === null || row.notification.ticketId === ticketId) && (state === null || row.state === state) && (cursor === null || seq < Number(cursor)))
      .filter(({ row }) => undelivered !== true || isUndelivered(row))
      .filter(({ row }) => (suppressionId ?? row.suppressionId) === row.suppressionId)
      .filter(({ row }) => (destination ?? row.notification.destination) === row.notification.destination && (code ?? row.code) === row.code && (finishedSince == null || (row.finishedAt !== null && row.finishedAt >= finishedSince)));
    const page = found.slice(0, limit);
    return Promise.resolve({ items: page.map(({ row }) => recordOf(row)), next: found.length > limit ? String(page.at(-1)?.seq) : null });
  }

  causes(since: Date | null): Promise<readonly NotificationCause[]> {
    const records = this.rows.filter((row) => isUndelivered(row) && row.code !== null && (since === null || (row.finishedAt !== null && row.finishedAt >= since))).map(recordOf);
    const causes = [...Map.groupBy(records, ({ state, code, target, destination }) => [state, code, target.channel, destination].join(' ')).entries()].map(([key, found]) => ({ key, cause: causeOf(found) }));
    return Promise.resolve(causes.sort((a, b) => b.cause.notifications - a.cause.notifications || (a.key < b.key ? -1 : 1)).map(({ cause }) => cause));
  }

  get(notificationId: string): Promise<NotificationRecord | null> {
    const row = this.find(notificationId);
    return Promise.resolve(row === undefined ? null : recordOf(row));
  }

  messageFacts(notificationId: string): Promise<MessageFacts | null> {
    const row = this.find(notificationId);
    if (row === undefined) return Promise.resolve(null);
    const { notification, routed, subjectLine } = this.deliveryOf(row);
    return Promise.resolve({ notification, routed, subjectLine });
  }

  retry(notificationId: string, target: Target, now: Date): Promise<boolean> {
    const row = this.find(notificationId);
    if (row === undefined || !isResendable(row)) return Promise.resolve(false);
    Object.assign(row, { state: 'pending', step: 0, nextAttemptAt: now, finishedAt: null, notification: { ...row.notification, target } });
    return Promise.resolve(true);
  }

  suppress(tx: Transaction, answered: readonly Answered[], at: Date): Promise<readonly SuppressedReminder[]> {
    this.rememberFor(tx);
    for (const answer of answered) {
      if (this.threads.has(answer.ticketId) && answer.version > (this.answers.get(answer.ticketId)?.version ?? 0)) this.answers.set(answer.ticketId, answer);
    }
    const waiting = this.rows.filter(({ notification, state, owner }) => state === 'pending' && owner === null && answered.some(({ ticketId }) => ticketId === notification.ticketId) && this.isReminder(notification));
    return Promise.resolve(waiting.flatMap((row) => {
      const reason = this.answerTo(row.notification);
      if (reason === null) return [];
      Object.assign(row, { state: 'suppressed', ...reason, finishedAt: at });
      return [{ notification: row.notification, attempts: row.attempts.length, ...reason }];
    }));
  }

  reasonAgainst(notification: Pick<Notification, 'ticketId' | 'ticketVersion'>): Promise<UnsentReason | null> {
    return Promise.resolve(this.answerTo(notification));
  }

  private answerTo({ ticketId, ticketVersion }: Pick<Notification, 'ticketId' | 'ticketVersion'>): UnsentReason | null {
    const answer = this.answers.get(ticketId);
    return answer === undefined || answer.version <= ticketVersion ? null : { code: answer.code, detail: answer.detail };
  }

  private isReminder({ ticketId, ticketVersion }: Notification): boolean {
    const told = this.routed.get(`${ticketId} ${ticketVersion}`);
    return told !== undefined && !isLetter(told) && told.escalation !== undefined;
  }

  summarise(tx: Transaction, owner: string, notificationIds: readonly string[], { summaryId, at }: { readonly summaryId: string; readonly at: Date }): Promise<ReadonlySet<string>> {
    this.rememberFor(tx);
    const rows = this.rows.filter((row) => notificationIds.includes(row.notification.notificationId) && row.owner === owner && row.state === 'pending');
    for (const row of rows) Object.assign(row, { state: 'suppressed', code: 'summarised', detail: summarisedDetail(summaryId), summaryId, finishedAt: at, owner: null, claimedAt: null });
    return Promise.resolve(new Set(rows.map(({ notification }) => notification.notificationId)));
  }

  recordSummarised(tx: Transaction, summaryIds: readonly string[], { at, receipt }: { readonly at: Date; readonly receipt: string }): Promise<readonly SummarisedNotification[]> {
    this.rememberFor(tx);
    const told = this.rows.filter(({ summaryId, state, code }) => summaryId !== null && summaryIds.includes(summaryId) && state === 'suppressed' && code === 'summarised');
    for (const row of told) Object.assign(row, { state: 'delivered', code: null, detail: null, receipt, finishedAt: at });
    return Promise.resolve(told.map((row) => ({ notification: row.notification, told: this.deliveryOf(row).routed })));
  }

  /** What a suppression holds, in the order in which it was planned. */
  heldBy(suppressionId: string): readonly HeldNotification[] {
    return this.rows.filter((row) => isHeld(row) && row.suppressionId === suppressionId).map((row) => {
      const { notification, routed, subjectLine } = this.deliveryOf(row);
      const isOvertaken = this.rows.some((later) => isSameLane(later.notification, notification) && later.notification.ticketVersion > notification.ticketVersion && later.state !== 'suppressed');
      return { notification, told: routed, subjectLine, reasonAgainst: isOvertaken ? OVERTAKEN : this.isReminder(notification) ? this.answerTo(notification) : null };
    });
  }

  settle(tx: Transaction, { released, summarised, suppressed }: Outcome, now: Date): void {
    this.rememberFor(tx);
    const held = (notificationId: string): Row | undefined => this.rows.find((row) => isHeld(row) && row.notification.notificationId === notificationId);
    for (const id of released) Object.assign(held(id) ?? {}, { state: 'pending', code: null, detail: null, nextAttemptAt: now, finishedAt: null });
    for (const id of summarised?.notificationIds ?? []) Object.assign(held(id) ?? {}, { code: 'summarised', detail: summarisedDetail(summarised?.summaryId ?? ''), summaryId: summarised?.summaryId ?? null });
    for (const { notificationId, suppressed: { code, detail, heldBy } } of suppressed) {
      const row = held(notificationId);
      if (row !== undefined) Object.assign(row, { code, detail, suppressionId: heldBy?.suppressionId ?? row.suppressionId });
    }
  }

  private rememberFor(tx: Transaction): void {
    const before = { threads: new Map(this.threads), routed: new Map(this.routed), answers: new Map(this.answers), rows: this.rows.map((row) => ({ ...row })) };
    onRollback(tx, () => Object.assign(this, before));
  }

  private letGo(isLost: (row: Row) => boolean): number {
    const lost = this.rows.filter((row) => row.owner !== null && isLost(row));
    for (const row of lost) Object.assign(row, { owner: null, claimedAt: null });
    return lost.length;
  }

  private earlier({ notification }: Row): readonly Row[] {
    return this.rows.filter((row) => row.state === 'pending' && isSameLane(row.notification, notification) && row.notification.ticketVersion < notification.ticketVersion);
  }

  private find(notificationId: string): Row | undefined {
    return this.rows.find((row) => row.notification.notificationId === notificationId);
  }

  private deliveryOf({ notification, attempts, step }: Row): Delivery {
    const routed = this.routed.get(`${notification.ticketId} ${notification.ticketVersion}`);
    const thread = this.threads.get(notification.ticketId);
    if (routed === undefined || thread === undefined) throw new Error('A notification is saved with its facts.');
    return { notification, routed, subjectLine: thread.subjectLine, attempts: attempts.length, step, messagesPerMinuteMax: this.messagesPerMinuteMax(notification.target.channelId) };
  }
}

function isHeld({ state, code }: Row): boolean {
  return state === 'suppressed' && code === 'held';
}

function isSameLane(a: Notification, b: Notification): boolean {
  return a.ticketId === b.ticketId && a.lane === b.lane;
}

/** Of records in the order in which they were planned. */
function causeOf(records: readonly NotificationRecord[]): NotificationCause {
  const last = records.at(-1) as NotificationRecord;
  const { state, destination, detail, target: { channel } } = last;
  return {
    state, code: last.code ?? '', channel, destination, notifications: records.length, detail, firstAt: records[0]?.createdAt ?? '', lastAt: last.createdAt,
    nextAttemptAt: records.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []).sort()[0] ?? null, isResendable: isResendable(last),
  };
}

function recordOf({ notification, nextAttemptAt, createdAt, finishedAt, attempts, ...row }: Row): NotificationRecord {
  const { state, code, detail, receipt, overtakes, suppressionId, summaryId } = row;
  return {
    ...notification, state, code, detail, receipt, overtakes, suppressionId, summaryId, attempts, createdAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null,
    nextAttemptAt: state === 'pending' ? nextAttemptAt.toISOString() : null, attemptsLeft: state === 'pending' ? attemptsLeftAfter(row.step) : 0,
  };
}
