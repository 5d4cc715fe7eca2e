import type { TicketFields } from '@handoff/contracts';
import { type Clock, counter, Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { EventAcceptor } from '../accept/event-acceptor.js';
import { ticketReceived } from '../accept/received-ticket.js';
import { type Adapter, type IgnoredEvent, isIgnored, type ReportedTicket, type SystemAnswer, type Trust, type WebhookRequest } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import { signingKeyUnavailable } from '../adapters/signature.js';
import { mapFacts } from '../mapping/map-facts.decision.js';
import { FACT_NAMES, type TicketFacts } from '../mapping/mapping.js';
import { holdsAt, type Source, type SourceWithSecrets } from '../sources/source.js';
import type { SourceCache } from '../sources/source-cache.js';

export interface IncomingWebhook extends WebhookRequest {
  readonly source: string;
  readonly traceparent: string;
}

export interface EventAnswer {
  readonly eventId: string;
  readonly ticketId: string;
  readonly duplicate: boolean;
}

/** What came of a webhook; `events` where its body had several. */
export type WebhookAnswer = (EventAnswer & { readonly events?: readonly (EventAnswer | IgnoredEvent)[] }) | IgnoredEvent;

export interface WebhookReply {
  readonly answer: WebhookAnswer;
  /** What the system insists on being told in its place. */
  readonly instead: SystemAnswer | null;
}

export interface ReceiveWebhookParts {
  readonly sources: Pick<SourceCache, 'find'>;
  readonly acceptor: Pick<EventAcceptor, 'accept'>;
  readonly clock: Clock;
  readonly download: Trust['download'];
}

const webhooksTotal = counter('handoff_webhooks_total', 'Webhooks by what became of them', ['source', 'outcome']);
const unusableTotal = counter('handoff_mapping_unusable_total', 'Values at a mapped place that are no known word', ['source', 'fact']);

/** Takes a webhook: load the source, verify, recognise, map, store. What it refuses leaves no trace but a count and a line. */
export class ReceiveWebhookHandler {
  private readonly logger = new Logger(ReceiveWebhookHandler.name);

  constructor(private readonly parts: ReceiveWebhookParts) {}

  async receive(webhook: IncomingWebhook): Promise<WebhookReply> {
    const found = await this.find(webhook);
    const { source, adapter } = found.source;
    try {
      const answer = await this.take(webhook, found);
      webhooksTotal.inc({ source, outcome: outcomeOf(answer) });
      return { answer, instead: adapterOf(adapter).answer?.(webhook) ?? null };
    } catch (error) {
      const code = error instanceof Problem ? error.code : 'internal';
      webhooksTotal.inc({ source, outcome: code });
      this.logger.warn({ source, code }, 'A webhook was refused.');
      throw error;
    }
  }

  /** `null` where the system asks for no consent before it delivers, or gets none. */
  async consent(webhook: IncomingWebhook): Promise<SystemAnswer | null> {
    const { source } = await this.find(webhook);
    return adapterOf(source.adapter).consent?.(webhook, source.settings) ?? null;
  }

  private async find({ source }: IncomingWebhook): Promise<SourceWithSecrets> {
    const found = await this.parts.sources.find(source);
    if (found !== null) return found;
    webhooksTotal.inc({ source: 'unknown', outcome: 'source-unknown' });
    throw new Problem(404, 'source-unknown', `There is no source '${source.slice(0, 64)}'. Create it with POST /v1/sources.`);
  }

  private async take(webhook: IncomingWebhook, { source, secrets }: SourceWithSecrets): Promise<WebhookAnswer> {
    const adapter = adapterOf(source.adapter);
    const now = this.parts.clock.now();
    await adapter.verify(webhook, {
      secrets: secrets.filter((secret) => holdsAt(secret, now)).map(({ secret }) => secret),
      now, toleranceSeconds: source.toleranceSeconds, settings: source.settings,
      download: (url, headers) => this.download(url, headers),
    });
    const answers = await Promise.all(adapter.read(webhook).map((payload) => this.takeEvent(webhook, payload, { source, adapter, now })));
    return answerOf(answers);
  }

  private async download(...request: Parameters<Trust['download']>): Promise<Buffer> {
    try {
      return await this.parts.download(...request);
    } catch (error) {
      throw signingKeyUnavailable(error);
    }
  }

  private async takeEvent(webhook: IncomingWebhook, payload: unknown, { source, adapter, now }: { source: Source; adapter: Adapter; now: Date }): Promise<EventAnswer | IgnoredEvent> {
    const outcome = adapter.map(payload, { severities: source.mapping.severities, receivedAt: now, settings: source.settings });
    if (isIgnored(outcome)) return outcome;
    const event = ticketReceived({
      source: source.source,
      sourceParty: source.sourceParty,
      idempotencyKey: adapter.recognise(webhook, payload),
      ticket: this.complete(outcome, payload, { source, adapter }),
      defaults: source.mapping.defaults,
      traceparent: webhook.traceparent,
      receivedAt: now,
    });
    const { duplicate } = await this.parts.acceptor.accept(event);
    return { eventId: event.id, ticketId: event.subject, duplicate };
  }

  /** What the adapter read, with the facts and the link that the source's mapping adds. */
  private complete(ticket: ReportedTicket, payload: unknown, { source, adapter }: { source: Source; adapter: Adapter }): ReportedTicket {
    const { told, rest } = parted(ticket.fields);
    const { facts, areaBasis, unusable } = mapFacts({ payload, change: ticket.change, mapping: source.mapping, told, tells: adapter.tells });
    for (const { fact, path } of unusable) {
      unusableTotal.inc({ source: source.source, fact });
      this.logger.warn({ source: source.source, fact, path, externalId: ticket.externalId }, 'A mapped value is no word that we know; the ticket goes on without it.');
    }
    const link = source.mapping.ticketUrl?.replaceAll('{externalId}', encodeURIComponent(ticket.externalId)) ?? null;
    return { ...ticket, externalUrl: ticket.externalUrl ?? link, fields: { ...rest, ...facts, ...(areaBasis === undefined ? {} : { areaBasis }) } };
  }
}

const FACTS: ReadonlySet<string> = new Set(FACT_NAMES);

/** The facts that were told, and everything else; that a fact is known to be empty is said as it is. */
function parted({ areaBasis: _read, ...fields }: TicketFields): { readonly told: TicketFacts; readonly rest: TicketFields } {
  const told: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) (value !== null && FACTS.has(name) ? told : rest)[name] = value;
  return { told, rest };
}

function outcomeOf(answer: WebhookAnswer): string {
  if ('ignored' in answer) return 'ignored';
  return answer.duplicate ? 'duplicate' : 'accepted';
}

function answerOf(answers: readonly (EventAnswer | IgnoredEvent)[]): WebhookAnswer {
  const first = answers.find((answer): answer is EventAnswer => !('ignored' in answer));
  if (first === undefined) return answers[0] as IgnoredEvent | undefined ?? { ignored: true, reason: 'The body has no event in it.' };
  return answers.length === 1 ? first : { ...first, events: answers };
}
