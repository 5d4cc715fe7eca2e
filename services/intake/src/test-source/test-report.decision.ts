import type { Adapter } from '../adapters/adapter.js';
import { SOURCE_PAUSED } from '../receive-webhook/delivery-taker.js';
import type { Source } from '../sources/source.js';

export interface TestStep {
  readonly step: 'source' | 'sign' | 'post' | 'take';
  readonly isOk: boolean;
  /** A sentence, or two. */
  readonly text: string;
}

export interface TestReport {
  readonly source: string;
  readonly isOk: boolean;
  readonly eventId: string | null;
  readonly ticketId: string | null;
  readonly steps: readonly TestStep[];
}

/** What came back over HTTP. */
export type Posted =
  | { readonly status: number; readonly body: unknown }
  | { readonly failure: string };

const done = (step: TestStep['step'], text: string): TestStep => ({ step, isOk: true, text });
const failed = (step: TestStep['step'], text: string): TestStep => ({ step, isOk: false, text });

export function sourceStep({ source, pausedAt, allowedAddresses }: Source, { title }: Adapter): TestStep {
  const parts = [
    `The source '${source}' is there, for ${title}.`,
    ...(pausedAt === null ? [] : [`It is paused since ${pausedAt}: webhooks are held back until it is resumed.`]),
    ...(allowedAddresses.length === 0 ? [] : [`It takes webhooks from ${allowedAddresses.join(', ')} alone; whether its system has such an address cannot be tested from here.`]),
  ];
  return done('source', parts.join(' '));
}

/** Why no test can be made; `null`: it can. */
export function obstacleOf(source: Source, adapter: Adapter, hasSecret: boolean): TestStep | null {
  if (adapter.testWebhook === undefined) return unsignableStep(adapter);
  return adapter.secret === null || hasSecret ? null : failed('sign', `The source has no secret that holds. Make one with: npx handoff source rotate ${source.source}`);
}

/** Only the system itself can sign: by tokens of its own, or by a private key of which the source has the public one. */
export function unsignableStep({ title }: Adapter): TestStep {
  return failed('sign', `${title} proves itself by a key that nobody else has, so that no test can be signed in its place. Let it post a test of its own; the setup of the source says how.`);
}

export function signStep({ title, secret }: Adapter, subject: string): TestStep {
  return done('sign', `A webhook about a new ticket '${subject}' was made as ${title} would post it${secret === null ? '' : ', and proved with the newest secret'}.`);
}

/** What the answer says: whether it arrived, and what became of it. */
export function answerSteps(posted: Posted, url: string): { readonly steps: readonly TestStep[]; readonly eventId: string | null; readonly ticketId: string | null } {
  const nothing = { eventId: null, ticketId: null };
  if ('failure' in posted) return { ...nothing, steps: [failed('post', `It could not be posted to ${url}: ${posted.failure}`)] };
  const { status, body } = posted;
  if (status < 200 || status > 299) return { ...nothing, steps: [failed('post', `It was posted to ${url} and refused (${status} ${textIn(body, 'code') ?? ''}): ${textIn(body, 'detail') ?? 'no reason was given.'}`)] };
  const arrived = done('post', `It was posted to ${url}, believed, and answered with ${status}.`);
  const [eventId, ticketId] = [textIn(body, 'eventId'), textIn(body, 'ticketId')];
  if (eventId !== null && ticketId !== null) return { eventId, ticketId, steps: [arrived, done('take', `It became the event ${eventId} of ticket ${ticketId}, which is stored and goes to routing.`)] };
  const reason = textIn(body, 'reason') ?? 'no reason was given.';
  if (fieldIn(body, 'parked') !== true) return { ...nothing, steps: [arrived, failed('take', `It made no ticket: ${reason}`)] };
  return { ...nothing, steps: [arrived, textIn(body, 'code') === SOURCE_PAUSED ? done('take', `It is held back: ${reason}`) : failed('take', `It was not understood and is parked: ${reason}`)] };
}

function fieldIn(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textIn(body: unknown, name: string): string | null {
  const value = fieldIn(body, name);
  return typeof value === 'string' ? value : null;
}
