import type { Outbound } from '@handoff/outbound';
import type { Clock } from '@handoff/platform';
import type { WebhookRequest } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import { webhookUrlOf } from '../http/public-url.js';
import type { ManageSourcesHandler } from '../manage-sources/manage-sources.handler.js';
import { holdsAt, type Source, type SourceWithSecrets } from '../sources/source.js';
import type { TestMark } from './test-mark.js';
import { answerSteps, obstacleOf, type Posted, signStep, sourceStep, type TestReport, unsignableStep } from './test-report.decision.js';

export interface TestSourceParts {
  readonly sources: Pick<ManageSourcesHandler, 'find'>;
  /** Reaches this very process. */
  readonly outbound: Outbound;
  readonly mark: TestMark;
  readonly clock: Clock;
  readonly publicUrl: string;
}

const TIMEOUT_MS = 15_000;
const NUMBER_DIGITS = 12;

/** Posts a webhook to this service as the system of a source would, over HTTP and through all that a real one passes. */
export class TestSourceHandler {
  constructor(private readonly parts: TestSourceParts) {}

  /**
   * @param ownUrl where this process listens, as `http://127.0.0.1:8081`.
   * @throws Problem 404 `source-unknown`. Whatever else goes wrong is in the report.
   */
  async test(name: string, ownUrl: string): Promise<TestReport> {
    const found = await this.parts.sources.find(name);
    const adapter = adapterOf(found.source.adapter);
    const first = sourceStep(found.source, adapter);
    const secret = this.secretOf(found);
    const obstacle = obstacleOf(found.source, adapter, secret !== null);
    const subject = `Test of Handoff: source ${name}`;
    const webhook = obstacle === null ? this.webhookOf(found.source, secret ?? '', subject) : null;
    if (webhook === null) return { source: name, isOk: false, eventId: null, ticketId: null, steps: [first, obstacle ?? unsignableStep(adapter)] };
    const { steps, eventId, ticketId } = answerSteps(await this.post(webhook, ownUrl), `/v1/sources/${name}/webhooks`);
    const all = [first, signStep(adapter, subject), ...steps];
    return { source: name, isOk: all.every(({ isOk }) => isOk), eventId, ticketId, steps: all };
  }

  private webhookOf({ source, adapter, settings }: Source, secret: string, subject: string): WebhookRequest | null {
    const now = this.parts.clock.now();
    return adapterOf(adapter).testWebhook?.({
      webhookUrl: webhookUrlOf(this.parts.publicUrl, source), secret, settings, now, number: String(now.getTime()).slice(-NUMBER_DIGITS), subject,
      description: `This ticket was made at ${now.toISOString()} to test the source ${source}. Nothing needs to be done.`,
    }) ?? null;
  }

  private secretOf({ secrets }: SourceWithSecrets): string | null {
    return secrets.find((secret) => holdsAt(secret, this.parts.clock.now()))?.secret ?? null;
  }

  private async post({ url, headers, rawBody }: WebhookRequest, ownUrl: string): Promise<Posted> {
    const { pathname, search } = new URL(url);
    const given = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, String(value)]));
    const path = pathname.slice(new URL(this.parts.publicUrl).pathname.replace(/\/$/, '').length);
    const outcome = await this.parts.outbound.call({ method: 'POST', url: `${ownUrl}${path}${search}`, headers: { ...given, ...this.parts.mark.headers() }, body: rawBody, timeoutMs: TIMEOUT_MS });
    return outcome.kind === 'answered' ? { status: outcome.answer.status, body: jsonIn(outcome.answer.body) } : { failure: outcome.detail };
  }
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
