import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandFailure, type ExitCode, wrongUse } from '../failure.js';
import { asJson, asText } from '../format.js';
import { jsonObject, placeName, readBytes } from '../input.js';
import { demoSecret } from '../installation.js';
import { type JsonRecord, parsedJson, textAt } from '../json-reading.js';
import { distinctDigits, distinctTicket, externalIdOf, RUN_NUMBER_MAX } from '../send/distinct-ticket.js';
import { paced } from '../send/paced.js';
import { type Clock, PATIENT_LIMITS, postWebhook, RETRY_LIMITS, type Webhook } from '../send/post-webhook.js';
import { samplePayload } from '../send/samples.js';
import { receiptLines, type Summary, summaryDocument, summaryLines, summaryOf } from '../send/summary.js';
import { schemeOfAdapter, signedHeaders, SIGNING_SCHEMES, type SigningScheme, UnusableSecret } from '../signing.js';
import type { CommandContext } from './context.js';

export interface SendOptions {
  readonly source: string;
  readonly secret?: string;
  readonly count: number;
  readonly rate?: number;
  readonly concurrency: number;
  readonly fresh?: boolean;
  readonly key?: string;
}

const clock: Clock = { now: () => Math.round(performance.timeOrigin + performance.now()), pause: (durationMs) => delay(durationMs) };

/** Posts sample tickets as the source's own system would. */
export async function send(context: CommandContext, [file]: readonly string[], options: SendOptions): Promise<ExitCode> {
  const { source, count, concurrency } = options;
  const scheme = await schemeOf(context, source);
  const secret = secretFor(context, options, scheme);
  const webhookAt = await webhooks(context, file, { ...options, scheme, secret });
  const startedAtMs = clock.now();
  const outcomes = await paced({ count, concurrency, ratePerSecond: options.rate ?? null }, clock, (index) => postWebhook(context.services.intake, webhookAt(index), clock, count === 1 ? RETRY_LIMITS : PATIENT_LIMITS));
  const summary = summaryOf(outcomes, clock.now() - startedAtMs);
  report(context, options, summary);
  return summary.refused.length === 0 ? 0 : 1;
}

/** How this source's system signs, from its adapter. */
async function schemeOf({ services }: CommandContext, source: string): Promise<SigningScheme> {
  const found = await services.intake.find(`/v1/sources/${source}`);
  if (found === null) throw new CommandFailure(1, 'source-not-found', `There is no source ${source} at ${services.intake.url}. List those that are there with: npx handoff sources`, 404);
  const adapter = textAt(found, 'adapter') ?? 'unknown';
  const scheme = schemeOfAdapter(adapter);
  if (scheme === null) throw new CommandFailure(1, 'unsupported-adapter', `Source ${source} has the adapter ${adapter}, and this command can sign only for ${SIGNING_SCHEMES.join(', ')}.`);
  return scheme;
}

function secretFor({ terminal, installation }: CommandContext, { source, secret }: SendOptions, scheme: SigningScheme): string {
  const found = secret ?? (terminal.env['HANDOFF_SOURCE_SECRET'] || demoSecret(installation.dataDir, source));
  if (found === null) {
    throw wrongUse('secret-missing', `The signing secret of ${source} is not known here: give it with --secret or HANDOFF_SOURCE_SECRET. Those of the demo sources are in ${installation.dataDir}/demo-secrets.json once Handoff has started.`);
  }
  try {
    signedHeaders({ scheme, secret: found, body: Buffer.alloc(0), atMs: 0, deliveryId: 'trial' });
  } catch (error) {
    if (error instanceof UnusableSecret) throw wrongUse('unusable-secret', error.message);
    throw error;
  }
  return found;
}

type Plan = SendOptions & { readonly scheme: SigningScheme; readonly secret: string };

/** The nth webhook to post. A single file goes out byte by byte as it is. */
async function webhooks(context: CommandContext, file: string | undefined, plan: Plan): Promise<(index: number) => Webhook> {
  const { scheme, source, secret } = plan;
  const bytes = file === undefined ? Buffer.from(JSON.stringify(samplePayload(scheme, { at: new Date(clock.now()).toISOString(), eventId: randomUUID() }))) : await readBytes(context.terminal, file);
  const webhook = (body: Buffer, externalId: string | null): Webhook => ({ source, scheme, secret, body, externalId, deliveryId: plan.key ?? randomUUID() });
  if (plan.count === 1 && plan.fresh !== true) return () => webhook(bytes, externalIdOf(scheme, parsedJson(bytes.toString('utf8'))));
  const payloadAt = distinctPayloads(scheme, jsonObject(bytes, placeName(file ?? 'The sample')), placeName(file ?? 'The sample'));
  return (index) => {
    const payload = payloadAt(index);
    return webhook(Buffer.from(JSON.stringify(payload)), externalIdOf(scheme, payload));
  };
}

function distinctPayloads(scheme: SigningScheme, payload: JsonRecord, where: string): (index: number) => JsonRecord {
  const run = randomInt(1, RUN_NUMBER_MAX);
  return (index) => {
    const distinct = distinctTicket(scheme, payload, { digits: distinctDigits(run, index), eventId: randomUUID() });
    if (distinct === null) throw wrongUse('no-external-id', `${where} has no ticket id where ${scheme} keeps it, so its tickets cannot be made distinct. Send it without --count and --fresh.`);
    return distinct;
  };
}

function report({ terminal, isJson, paint }: CommandContext, { source, count }: SendOptions, summary: Summary): void {
  const [accepted] = summary.accepted;
  const isSingle = count === 1;
  if (isJson) terminal.write(asJson(summaryDocument(summary)));
  else if (!isSingle) terminal.write(asText(summaryLines(source, summary, paint)));
  else if (accepted !== undefined) terminal.write(asText(receiptLines(source, accepted, paint)));
  const [refused] = summary.refused;
  if (refused !== undefined) terminal.tell(`${isSingle ? '' : 'The first refusal: '}${refused.message}\n`);
}
