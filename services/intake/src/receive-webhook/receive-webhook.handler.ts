import { type Clock, counter, Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { SystemAnswer, Trust, WebhookRequest } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import { signingKeyUnavailable } from '../adapters/signature.js';
import type { ParkDeliveryHandler } from '../park-delivery/park-delivery.handler.js';
import { holdsAt, type SourceWithSecrets } from '../sources/source.js';
import type { SourceCache } from '../sources/source-cache.js';
import { type Delivery, isFailed } from './delivery.js';
import type { DeliveryTaker } from './delivery-taker.js';
import { answerOf, outcomeOf, type WebhookAnswer } from './webhook-answer.js';

export interface IncomingWebhook extends WebhookRequest {
  readonly source: string;
  readonly traceparent: string;
}

export interface WebhookReply {
  readonly answer: WebhookAnswer;
  /** What the system insists on being told in its place. */
  readonly instead: SystemAnswer | null;
}

export interface ReceiveWebhookParts {
  readonly sources: Pick<SourceCache, 'find'>;
  readonly taker: Pick<DeliveryTaker, 'take'>;
  readonly parking: Pick<ParkDeliveryHandler, 'park'>;
  readonly clock: Clock;
  readonly download: Trust['download'];
}

const webhooksTotal = counter('handoff_webhooks_total', 'Webhooks by what became of them', ['source', 'outcome']);

/**
 * Takes a webhook: load the source, verify, and take its events; those that are not understood are parked. What is not
 * genuine leaves no trace but a count and a line.
 */
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
    const receivedAt = this.parts.clock.now();
    await adapterOf(source.adapter).verify(webhook, {
      secrets: secrets.filter((secret) => holdsAt(secret, receivedAt)).map(({ secret }) => secret),
      now: receivedAt, toleranceSeconds: source.toleranceSeconds, settings: source.settings,
      download: (url, headers) => this.download(url, headers),
    });
    const delivery: Delivery = { source, request: webhook, traceparent: webhook.traceparent, receivedAt };
    const taken = await this.parts.taker.take(delivery);
    const failed = taken.filter(isFailed);
    const parkedId = failed.length === 0 ? null : await this.parts.parking.park(delivery, failed, secrets.map(({ secret }) => secret));
    return answerOf(taken, parkedId);
  }

  private async download(...request: Parameters<Trust['download']>): Promise<Buffer> {
    try {
      return await this.parts.download(...request);
    } catch (error) {
      throw signingKeyUnavailable(error);
    }
  }
}
