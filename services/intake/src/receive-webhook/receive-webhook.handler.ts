import { type Clock, counter, Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { SystemAnswer, Trust } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import { signingKeyUnavailable } from '../adapters/signature.js';
import type { ParkDeliveryHandler } from '../park-delivery/park-delivery.handler.js';
import { isAllowedAddress } from '../sources/allowed-addresses.decision.js';
import type { SourceRates } from '../limit-rate/source-rates.js';
import { holdsAt, type Source, type SourceWithSecrets } from '../sources/source.js';
import type { ActivityCounter } from '../source-activity/activity-counter.js';
import type { SourceCache } from '../sources/source-cache.js';
import { type Delivery, isFailed, type TakenEvent } from './delivery.js';
import type { DeliveryTaker } from './delivery-taker.js';
import type { IncomingWebhook } from './incoming-webhook.js';
import { answerOf, outcomeOf, type WebhookAnswer } from './webhook-answer.js';

export interface WebhookReply {
  readonly answer: WebhookAnswer;
  /** What the system insists on being told in its place. */
  readonly instead: SystemAnswer | null;
}

export interface ReceiveWebhookParts {
  readonly sources: Pick<SourceCache, 'find'>;
  readonly taker: Pick<DeliveryTaker, 'take'>;
  readonly parking: Pick<ParkDeliveryHandler, 'park'>;
  readonly activity: Pick<ActivityCounter, 'count'>;
  readonly rates: Pick<SourceRates, 'take'>;
  readonly clock: Clock;
  readonly download: Trust['download'];
}

const webhooksTotal = counter('handoff_webhooks_total', 'Events of webhooks by what became of them, and webhooks that were refused', ['source', 'outcome']);

/**
 * Takes a webhook: load the source, verify, and take its events; those that are not understood are parked. What is not
 * genuine leaves no trace but a count and a line.
 */
export class ReceiveWebhookHandler {
  private readonly logger = new Logger(ReceiveWebhookHandler.name);

  constructor(private readonly parts: ReceiveWebhookParts) {}

  async receive(webhook: IncomingWebhook): Promise<WebhookReply> {
    const found = (await this.parts.sources.find(webhook.source)) ?? unknown(webhook);
    const { source, adapter } = found.source;
    try {
      const answer = await this.take(webhook, found);
      return { answer, instead: adapterOf(adapter).answer?.(webhook) ?? null };
    } catch (error) {
      const code = error instanceof Problem ? error.code : 'internal';
      webhooksTotal.inc({ source, outcome: code });
      this.parts.activity.count({ source, outcome: `refused:${code}`, at: this.parts.clock.now() });
      this.logger.warn({ source, code }, 'A webhook was refused.');
      throw error;
    }
  }

  /** `null` where the system asks for no consent before it delivers, or gets none. */
  async consent(webhook: IncomingWebhook): Promise<SystemAnswer | null> {
    const { source } = (await this.parts.sources.find(webhook.source)) ?? unknown(webhook);
    return adapterOf(source.adapter).consent?.(webhook, source) ?? null;
  }

  private async take(webhook: IncomingWebhook, { source, secrets }: SourceWithSecrets): Promise<WebhookAnswer> {
    const receivedAt = this.parts.clock.now();
    requireAllowedAddress(webhook, source);
    await adapterOf(source.adapter).verify(webhook, {
      secrets: secrets.flatMap((secret) => (holdsAt(secret, receivedAt) ? secret.secret : [])),
      now: receivedAt, toleranceSeconds: source.toleranceSeconds, settings: source.settings,
      download: (url, headers) => this.download(url, headers),
    });
    // Only now: whoever cannot prove himself must not use up what the source may send.
    this.parts.rates.take(source.source, source.requestsPerSecondMax);
    const delivery: Delivery = { source, request: webhook, traceparent: webhook.traceparent, receivedAt };
    const taken = await this.parts.taker.take(delivery);
    const parkedId = taken.some(isFailed) ? await this.parts.parking.park(delivery, taken.filter(isFailed), secrets.map(({ secret }) => secret)) : null;
    for (const event of taken) this.note(event, source.source, receivedAt);
    return answerOf(taken, parkedId);
  }

  private note(event: TakenEvent, source: string, at: Date): void {
    const outcome = outcomeOf(event);
    webhooksTotal.inc({ source, outcome });
    this.parts.activity.count({ source, outcome, at, occurredAt: 'eventId' in event && outcome === 'accepted' ? event.occurredAt : undefined });
  }

  private async download(...request: Parameters<Trust['download']>): Promise<Buffer> {
    try {
      return await this.parts.download(...request);
    } catch (error) {
      throw signingKeyUnavailable(error);
    }
  }
}

function unknown({ source }: IncomingWebhook): never {
  webhooksTotal.inc({ source: 'unknown', outcome: 'source-unknown' });
  throw new Problem(404, 'source-unknown', `There is no source '${source.slice(0, 64)}'. Create it with POST /v1/sources.`);
}

function requireAllowedAddress({ address, isOwnTest }: IncomingWebhook, { allowedAddresses }: Source): void {
  if (isOwnTest || isAllowedAddress(address, allowedAddresses)) return;
  throw new Problem(403, 'address-not-allowed', `This source takes webhooks from the addresses in its 'allowedAddresses' alone, and this one came from ${address.slice(0, 64)}. Behind a proxy, name it in TRUSTED_PROXIES.`);
}
