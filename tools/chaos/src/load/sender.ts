import { request, Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { LOOPBACK } from '@handoff/engines';
import type { Accepted } from '../audit/evidence.js';
import { type Dice, diceOf } from '../dice.js';
import type { Victim } from '../faults/poisoner.js';
import { stepsOf, type TicketSteps } from './ticket-steps.decision.js';
import { externalIdOf, headersOf, type Webhook, webhookOf } from './webhooks.js';

export interface SenderPlan {
  readonly seed: number;
  readonly perSecond: number;
  readonly port: number;
  /** Signing secrets of the sources. */
  readonly secrets: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly body: { readonly eventId?: string; readonly ticketId?: string; readonly code?: string };
}

interface OpenTicket {
  readonly steps: TicketSteps;
  next: number;
  isBusy: boolean;
  ticketId: string | null;
}

/** Webhooks that wait for their 202. While more do, no new ones are begun: systems have queues with ends. */
const UNDER_WAY_MAX = 200;
/** Tickets that have more to tell, from which the next webhook is taken. */
const OPEN_TICKETS_MIN = 30;
const REPEAT_DELAY_MS = 300;
const ANSWER_MS_MAX = 10_000;
/** The second of two webhooks that overtake each other. */
const OVERTAKEN_DELAY_MS = 150;
const TURN_MS = 10;

/**
 * Ticketing systems that tell of their tickets at an even pace, and lose nothing: each webhook is posted until it is answered with 202,
 * and the next of its ticket after that, unless webhooks are being reordered.
 */
export class Sender {
  readonly accepted: Accepted[] = [];
  /** Posts that had another answer than 202, or none; by answer. */
  readonly repeated: Record<string, number> = {};
  duplicates = false;
  reorders = false;
  private readonly dice: Dice;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly tickets: OpenTicket[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private begun = 0;
  private failure: Error | undefined;
  private deliveries = 0;

  constructor(private readonly plan: SenderPlan) {
    this.dice = diceOf(plan.seed);
  }

  get waiting(): number {
    return this.underWay.size;
  }

  /** A ticket that has been told of and will be again; `null`: there is none now. */
  openTicket(): Victim | null {
    const found = this.tickets.find(({ ticketId, next, steps }) => ticketId !== null && next < steps.changes.length);
    return found?.ticketId == null ? null : { ticketId: found.ticketId, source: found.steps.source, externalId: externalIdOf(found.steps) };
  }

  /** Begins webhooks for so long. @throws Error where one is refused for good. */
  async send(ms: number, stop: AbortSignal): Promise<void> {
    const startedAtMs = Date.now();
    for (let due = 0, sent = 0; Date.now() - startedAtMs < ms && !stop.aborted; await delay(TURN_MS)) {
      due = Math.floor(((Date.now() - startedAtMs) * this.plan.perSecond) / 1_000);
      // What could not be sent in its time is not caught up with: the pace is even.
      if (this.underWay.size >= UNDER_WAY_MAX) sent = due;
      if (this.failure !== undefined) throw this.failure;
      for (; sent < due && this.underWay.size < UNDER_WAY_MAX; sent += 1) this.turn(stop);
    }
  }

  /** Waits for what is under way. */
  async drained(stop: AbortSignal): Promise<void> {
    while (this.underWay.size > 0 && !stop.aborted) await delay(TURN_MS);
    if (this.failure !== undefined) throw this.failure;
  }

  close(): void {
    this.agent.destroy();
  }

  private turn(stop: AbortSignal): void {
    const ticket = this.chosen();
    ticket.isBusy = true;
    const turn = this.tell(ticket, stop).catch((error: Error) => void (this.failure ??= error)).finally(() => {
      ticket.isBusy = false;
      if (ticket.next >= ticket.steps.changes.length) this.tickets.splice(this.tickets.indexOf(ticket), 1);
      this.underWay.delete(turn);
    });
    this.underWay.add(turn);
  }

  private chosen(): OpenTicket {
    const idle = this.tickets.filter(({ isBusy }) => !isBusy);
    if (idle.length >= OPEN_TICKETS_MIN) return this.dice.pick(idle);
    this.begun += 1;
    const ticket: OpenTicket = { steps: stepsOf(this.plan.seed * 10_000 + this.begun, this.dice), next: 0, isBusy: false, ticketId: null };
    this.tickets.push(ticket);
    return ticket;
  }

  private async tell(ticket: OpenTicket, stop: AbortSignal): Promise<void> {
    const isReordered = this.reorders && ticket.next > 0 && ticket.next + 1 < ticket.steps.changes.length;
    if (!isReordered) return this.deliver(ticket, this.nextOf(ticket), { isUnordered: false, stop });
    const [first, second] = [this.nextOf(ticket), this.nextOf(ticket)];
    await Promise.all([
      this.deliver(ticket, second, { isUnordered: true, stop }),
      delay(OVERTAKEN_DELAY_MS).then(() => this.deliver(ticket, first, { isUnordered: true, stop })),
    ]);
  }

  private nextOf(ticket: OpenTicket): Webhook {
    this.deliveries += 1;
    const webhook = webhookOf(ticket.steps, { deliveryId: `chaos-${this.plan.seed}-${this.deliveries}`, step: ticket.next, at: new Date() });
    ticket.next += 1;
    return webhook;
  }

  private async deliver(ticket: OpenTicket, webhook: Webhook, { isUnordered, stop }: { readonly isUnordered: boolean; readonly stop: AbortSignal }): Promise<void> {
    const times = this.duplicates ? 2 : 1;
    await Promise.all(Array.from({ length: times }, async () => {
      const answer = await this.untilTaken(webhook, stop);
      if (answer === null) return;
      ticket.ticketId = answer.body.ticketId ?? null;
      this.accepted.push({ deliveryId: webhook.deliveryId, source: webhook.source, ticketId: answer.body.ticketId ?? '', eventId: answer.body.eventId ?? null, atMs: Date.now(), isUnordered });
    }));
  }

  private async untilTaken(webhook: Webhook, stop: AbortSignal): Promise<Answer | null> {
    while (!stop.aborted) {
      const answer = await this.post(webhook).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
      if (typeof answer !== 'string' && answer.status === 202) return answer;
      const why = typeof answer === 'string' ? answer : `${answer.status} ${answer.body.code ?? ''}`;
      this.repeated[why] = (this.repeated[why] ?? 0) + 1;
      if (typeof answer !== 'string' && answer.status < 500 && answer.status !== 429) throw new Error(`A webhook of ${webhook.source} was refused with ${why}.`);
      await delay(REPEAT_DELAY_MS);
    }
    return null;
  }

  private post(webhook: Webhook): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { ...headersOf(webhook, this.plan.secrets[webhook.source] ?? '', new Date()), 'content-length': Buffer.byteLength(webhook.body) };
      const posting = request({ host: LOOPBACK, port: this.plan.port, path: `/v1/sources/${webhook.source}/webhooks`, method: 'POST', headers, agent: this.agent, timeout: ANSWER_MS_MAX }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] });
          } catch (error) {
            reject(error as Error);
          }
        });
      });
      posting.on('timeout', () => posting.destroy(new Error('no answer')));
      posting.on('error', reject);
      posting.end(webhook.body);
    });
  }
}
