import type { Address, ServiceName } from '../installation.js';
import { listAt, parsedJson, textAt } from '../json-reading.js';
import { refusalOf } from '../http/refusal.js';
import { type CheckResult, fine, finding } from './finding.js';

/** What came back from a question to a service: an answer, or why there was none. */
export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly dateHeader: string | null; readonly receivedAtMs: number }
  | { readonly kind: 'silence'; readonly sentence: string };

const LOOK = 'Look at its log in .handoff/logs.';

/** One service, by its /health/ready. */
export function judgeReadiness(service: ServiceName, { url }: Address, reply: Reply): CheckResult {
  if (reply.kind === 'silence') return finding(service, `The ${service} service cannot be reached.`, reply.sentence);
  if (reply.status === 200) return fine(service, `The ${service} service is ready at ${url}.`);
  if (reply.status === 404) return finding(service, `What answers at ${url} is not the ${service} service: it has no /health/ready.`, `Check which program uses that port, or give the address with --url-${service}.`);
  return finding(service, `The ${service} service is not ready: ${refusalOf(reply.status, reply.body).detail}`, LOOK);
}

export type EngineName = 'kafka' | 'postgres';
const ENGINE_TITLES: Readonly<Record<EngineName, string>> = { kafka: 'Kafka', postgres: 'PostgreSQL' };
const ENGINE_SETTINGS: Readonly<Record<EngineName, string>> = { kafka: 'KAFKA_BROKERS', postgres: 'DATABASE_URL' };

/** One engine, as the services tell of it. */
export function judgeEngine(engine: EngineName, replies: Readonly<Record<ServiceName, Reply>>): CheckResult {
  const title = ENGINE_TITLES[engine];
  const sayings = Object.entries(replies).map(([service, reply]) => ({ service, saying: sayingOn(engine, reply) }));
  const failed = sayings.flatMap(({ service, saying }) => (typeof saying === 'string' && saying !== 'ok' ? [`${service}: ${saying}`] : []));
  const reached = sayings.filter(({ saying }) => saying === 'ok').map(({ service }) => service);
  if (failed.length > 0) return finding(engine, `${title} is not usable (${failed.join('; ')}).`, `Check that it runs and that ${ENGINE_SETTINGS[engine]} names it; embedded engines come with: npm start`);
  if (reached.length > 0) return fine(engine, `${title} is reachable from ${reached.join(', ')}.`);
  return finding(engine, `Whether ${title} is reachable cannot be told, as no service says so.`, 'Make the services answer first.');
}

/** `ok`, what is wrong, or `null` where the service says nothing of this engine. */
function sayingOn(engine: EngineName, reply: Reply): string | null {
  if (reply.kind === 'silence') return null;
  if (reply.status === 200) return textAt(parsedJson(reply.body), 'checks', engine);
  const { detail } = refusalOf(reply.status, reply.body);
  const at = detail.indexOf(`${engine}: `);
  return at < 0 ? null : detail.slice(at + engine.length + 2).replace(/ (kafka|postgres): .*$/, '');
}

/** The bearer token, by what a list of tickets answers to it. */
export function judgeToken(token: string | null, dataDir: string, reply: Reply): CheckResult {
  const remedy = `Set HANDOFF_TOKEN or HANDOFF_TOKEN_FILE; a local run keeps its token in ${dataDir}/token.`;
  if (token === null) return finding('token', 'There is no bearer token for the services.', remedy);
  if (reply.kind === 'silence') return finding('token', 'A token is there, but whether it is accepted cannot be told.', 'Make the routing service answer first.');
  if (reply.status === 401 || reply.status === 403) return finding('token', `The routing service refuses the token (${reply.status}).`, `It belongs to another installation or is outdated. ${remedy}`);
  if (reply.status === 200) return fine('token', 'The token is accepted.');
  return finding('token', `The list of tickets answers ${reply.status}: ${refusalOf(reply.status, reply.body).detail}`, LOOK);
}

/** The page of the local mail server; `url` is `null` where mail goes elsewhere. */
export function judgeMailbox(url: string | null, reply: Reply | null): CheckResult {
  if (url === null || reply === null) return fine('mailbox', 'No local mailbox is in use.');
  if (reply.kind === 'answer' && reply.status < 400) return fine('mailbox', `The mailbox answers at ${url}.`);
  const what = reply.kind === 'answer' ? `answers ${reply.status}` : 'does not answer';
  return finding('mailbox', `The mailbox at ${url} ${what}; local mails cannot be seen or taken.`, 'Stop Handoff and run: npm start');
}

/** Events that are set aside now, by the metrics of the services. */
export function judgeSetAside(replies: Readonly<Record<ServiceName, Reply>>): CheckResult {
  const counts = Object.entries(replies).map(([service, reply]) => ({ service, count: reply.kind === 'answer' && reply.status === 200 ? sumOfMetric(reply.body, 'handoff_set_aside_records') : null }));
  const setAside = counts.filter(({ count }) => count !== null && count > 0);
  if (setAside.length > 0) {
    const told = setAside.map(({ service, count }) => `${count} in ${service}`).join(', ');
    return finding('parked', `Events are set aside after a failure: ${told}. Some are tried again by themselves; the dead ones wait for a person.`, 'See which and why with: npx handoff dead-letters list');
  }
  const silent = counts.filter(({ count }) => count === null).map(({ service }) => service);
  if (silent.length > 0) return finding('parked', `Whether events are set aside cannot be told by ${silent.join(', ')}.`, 'Make the services answer, and accept the token, first.');
  return fine('parked', 'No event is set aside.');
}

/** The sum of all series of a metric in the Prometheus text format. */
export function sumOfMetric(text: string, name: string): number {
  let sum = 0;
  for (const line of text.split('\n')) {
    const [, series, value] = /^([A-Za-z_:][\w:]*)(?:\{.*\})? (\S+)/.exec(line) ?? [];
    if (series === name) sum += Number(value) || 0;
  }
  return sum;
}

/** Notifications that were given up. */
export function judgeFailedNotifications(reply: Reply): CheckResult {
  if (reply.kind === 'silence' || reply.status !== 200) return finding('notifications', 'Whether notifications failed cannot be told.', 'Make the notifier answer, and accept the token, first.');
  const page = parsedJson(reply.body);
  const [first] = listAt(page, 'items');
  if (first === undefined) return fine('notifications', 'No notification has failed.');
  const count = textAt(page, 'next') === null ? 'A notification has' : 'Several notifications have';
  const id = textAt(first, 'notificationId') ?? '?';
  return finding('notifications', `${count} failed, as ${id} to ${textAt(first, 'address') ?? textAt(first, 'destination') ?? '?'}.`, `See why with: npx handoff tickets ${textAt(first, 'ticketId') ?? '<id>'}; send it again with POST /v1/notifications/${id}/retry`);
}

/** The keys that seal secrets, by the services that keep some. */
export function judgeKeys(replies: Readonly<Record<string, Reply>>): CheckResult {
  const standings = Object.entries(replies).map(([service, reply]) => ({ service, standing: reply.kind === 'answer' && reply.status === 200 ? parsedJson(reply.body) : null }));
  const outdated = standings.flatMap(({ service, standing }) => listAt(standing, 'outdated').map((secret) => `${textAt(secret, 'row') ?? '?'} in ${service} (${textAt(secret, 'key') ?? '?'})`));
  if (outdated.length > 0) {
    const shown = outdated.slice(0, OUTDATED_SHOWN_MAX).join(', ');
    return finding('keys', `Secrets are sealed with an old key: ${shown}${outdated.length > OUTDATED_SHOWN_MAX ? ', and more' : ''}.`, 'Seal them with the newest: npx handoff keys rotate');
  }
  const silent = standings.filter(({ standing }) => standing === null).map(({ service }) => service);
  if (silent.length > 0) return finding('keys', `Which keys seal the secrets cannot be told by ${silent.join(', ')}.`, 'Make the services answer, and accept the token, first.');
  return fine('keys', 'Every secret is sealed with the newest key.');
}

const OUTDATED_SHOWN_MAX = 5;
const SKEW_MS_MAX = 5_000;

/** Signatures with a time stamp fail where the clocks differ by minutes. */
export function judgeClock(replies: Readonly<Record<ServiceName, Reply>>): CheckResult {
  const skews = Object.entries(replies).flatMap(([service, reply]) => {
    const atMs = reply.kind === 'answer' && reply.dateHeader !== null ? Date.parse(reply.dateHeader) : Number.NaN;
    // The header has whole seconds, cut off: the middle of that second is the best guess.
    return reply.kind === 'answer' && !Number.isNaN(atMs) ? [{ service, skewMs: Math.abs(reply.receivedAtMs - atMs - 500) }] : [];
  });
  const worst = skews.sort((a, b) => b.skewMs - a.skewMs)[0];
  if (worst === undefined) return fine('clock', 'No service answers, so there is no clock to compare with.');
  if (worst.skewMs <= SKEW_MS_MAX) return fine('clock', 'The clocks agree.');
  return finding('clock', `The clock of ${worst.service} and this one differ by ${Math.round(worst.skewMs / 1_000)} s; signed webhooks are refused when that grows to minutes.`, 'Let both machines take their time from NTP.');
}
