import { CommandFailure } from '../failure.js';
import type { ServiceClient } from '../http/service-client.js';
import { refusalOf, refusalSentence, retryAfterMs } from '../http/refusal.js';
import type { Answer } from '../http/transport.js';
import { parsedJson, textAt, valueAt } from '../json-reading.js';
import { signedHeaders, type SigningScheme } from '../signing.js';
import type { Outcome } from './outcome.js';

/** The time as a sender uses it. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  pause(durationMs: number): Promise<void>;
}

/** Where webhooks are posted: the intake service, or a stand-in. */
export type WebhookTarget = Pick<ServiceClient, 'url' | 'answer'>;

export interface Webhook {
  readonly source: string;
  readonly scheme: SigningScheme;
  readonly secret: string;
  readonly body: Buffer;
  readonly deliveryId: string;
  readonly externalId: string | null;
}

export interface RetryLimits {
  readonly attemptsMax: number;
  readonly pauseMsMin: number;
  readonly pauseMsMax: number;
}

export const RETRY_LIMITS: RetryLimits = { attemptsMax: 6, pauseMsMin: 100, pauseMsMax: 10_000 };
/** For many in a row: a service that ends and is started again is waited for, as the ticketing systems that try again do. */
export const PATIENT_LIMITS: RetryLimits = { ...RETRY_LIMITS, attemptsMax: 60 };
const PAUSE_MS_UNTOLD = 1_000;

/**
 * Posts one webhook, again and with the same delivery id where the service has no room now (429, 503) or the connection
 * broke, as the ticketing systems do. Never throws for what a service answers.
 */
export async function postWebhook(intake: WebhookTarget, webhook: Webhook, clock: Clock, limits: RetryLimits = RETRY_LIMITS): Promise<Outcome> {
  for (let retries = 0; ; retries += 1) {
    const attempt = await attemptOnce(intake, webhook, clock);
    if (attempt.pauseMs === null || retries + 1 >= limits.attemptsMax) return { ...attempt.outcome, retries };
    await clock.pause(Math.min(limits.pauseMsMax, Math.max(limits.pauseMsMin, attempt.pauseMs)));
  }
}

interface Attempt {
  readonly outcome: Outcome;
  /** When it is worth to try again; `null` where it is not. */
  readonly pauseMs: number | null;
}

async function attemptOnce(intake: WebhookTarget, webhook: Webhook, clock: Clock): Promise<Attempt> {
  const startedAtMs = clock.now();
  const { source, scheme, secret, body, deliveryId, externalId } = webhook;
  const headers = { 'content-type': 'application/json', ...signedHeaders({ scheme, secret, body, deliveryId, atMs: startedAtMs }) };
  try {
    const answer = await intake.answer({ method: 'POST', url: intake.url + webhookPath(source), headers, body });
    return attemptOf(answer, webhook, { startedAtMs, nowMs: clock.now() });
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { outcome: { kind: 'refused', externalId, status: null, code: error.code, message: error.message, retries: 0 }, pauseMs: PAUSE_MS_UNTOLD };
  }
}

const webhookPath = (source: string): string => `/v1/sources/${source}/webhooks`;

function attemptOf(answer: Answer, { source, externalId }: Webhook, times: { readonly startedAtMs: number; readonly nowMs: number }): Attempt {
  const text = answer.body.toString('utf8');
  if (answer.status >= 200 && answer.status <= 299) {
    const receipt = parsedJson(text);
    if (valueAt(receipt, 'parked') === true) return { outcome: parkedOutcome(receipt, answer.status, externalId), pauseMs: null };
    return {
      outcome: {
        kind: 'accepted', externalId, eventId: textAt(receipt, 'eventId'), ticketId: textAt(receipt, 'ticketId'),
        isDuplicate: valueAt(receipt, 'duplicate') === true, durationMs: times.nowMs - times.startedAtMs, retries: 0,
      },
      pauseMs: null,
    };
  }
  const refusal = refusalOf(answer.status, text);
  const message = refusalSentence('The intake service', `POST ${webhookPath(source)}`, refusal);
  const isTemporary = answer.status === 503 || answer.status === 429;
  return {
    outcome: { kind: 'refused', externalId, status: refusal.status, code: refusal.code, message, retries: 0 },
    pauseMs: isTemporary ? (retryAfterMs(answer.headers['retry-after'], times.nowMs) ?? PAUSE_MS_UNTOLD) : null,
  };
}

/** To whoever sends a test, a webhook that was kept because nobody understood it has failed. */
function parkedOutcome(receipt: unknown, status: number, externalId: string | null): Outcome {
  const message = `The intake service took it and parked it under ${textAt(receipt, 'parkedId') ?? '?'}: ${textAt(receipt, 'reason') ?? 'it was not understood.'}`;
  return { kind: 'refused', externalId, status, code: textAt(receipt, 'code') ?? 'parked', message, retries: 0 };
}
