import { type EgressPolicy, urlProblemOf } from '@handoff/outbound';
import type { FieldProblem } from '@handoff/platform';
import type { z } from 'zod';
import type { TicketingSystem } from '../channels/ticketing/ticketing-system.js';
import { ticketingSystemOf } from '../channels/ticketing/ticketing-systems.js';
import type { Purpose } from '../notification/notification.js';
import { type ChannelFields, channelInvalid } from './channel-rules.decision.js';
import type { ChannelWithSecret } from './channel.js';
import type { ChannelChange } from './channel.store.js';

/** Whom a channel of a ticketing system serves unless it says so itself: who is only informed needs no ticket. */
export const TICKETING_PURPOSES: readonly Purpose[] = ['act', 'hand-over'];

/**
 * What is kept of a new channel of a ticketing system.
 * @throws Problem 422 `invalid-content` that names each field at fault.
 */
export function ticketingOf(wanted: ChannelFields & { readonly system?: string }, egress: EgressPolicy): Pick<ChannelWithSecret, 'address' | 'secret' | 'publicKey' | 'ticketing'> {
  const system = ticketingSystemOf(wanted.system ?? '');
  if (system === null) throw channelInvalid([{ field: '/system', detail: 'is needed for ticketing' }]);
  const { url = '', credentials = {}, settings = {} } = wanted;
  refuse([...addressProblems(url, system, egress), ...settingsProblems(settings, system), ...credentialProblems(credentials, system, egress)]);
  return { address: withoutSlash(url), secret: JSON.stringify(credentials), publicKey: null, ticketing: { system: system.name, settings, source: wanted.source ?? null } };
}

/**
 * What a change of such a channel comes to. A new address needs the credentials again: otherwise those that are kept could be
 * sent to another server.
 * @throws Problem 422 `invalid-content` that names each field at fault.
 */
export function ticketingChange(name: string, patch: ChannelFields, egress: EgressPolicy): Pick<ChannelChange, 'settings' | 'secret' | 'address' | 'source'> {
  const system = ticketingSystemOf(name);
  if (system === null) throw channelInvalid([{ field: '/system', detail: 'is not known to this version' }]);
  const { url, credentials, settings, source } = patch;
  refuse([
    ...(url === undefined ? [] : addressProblems(url, system, egress)),
    ...(url !== undefined && credentials === undefined ? [{ field: '/credentials', detail: 'are needed again with a new url' }] : []),
    ...(settings === undefined ? [] : settingsProblems(settings, system)),
    ...(credentials === undefined ? [] : credentialProblems(credentials, system, egress)),
  ]);
  return {
    ...(url === undefined ? {} : { address: withoutSlash(url) }), ...(settings === undefined ? {} : { settings }), ...(source === undefined ? {} : { source }),
    ...(credentials === undefined ? {} : { secret: JSON.stringify(credentials) }),
  };
}

function addressProblems(url: string, { title, hosts }: TicketingSystem, egress: EgressPolicy): FieldProblem[] {
  const problem = url === '' ? 'is needed: the base URL of the system' : secureUrlProblem(url, egress);
  if (problem !== null) return [{ field: '/url', detail: problem }];
  const { hostname, search, hash } = new URL(url);
  if (search !== '' || hash !== '') return [{ field: '/url', detail: 'must end with its path: no query and no fragment' }];
  return hosts === null || egress.allowPrivate || hosts.test(hostname) ? [] : [{ field: '/url', detail: `must have a host of ${title}, which matches ${hosts.source}` }];
}

function settingsProblems(settings: unknown, system: TicketingSystem): FieldProblem[] {
  const parsed = system.settings.safeParse(settings);
  return parsed.success ? [] : problemsOf(parsed.error, '/settings');
}

function credentialProblems(credentials: unknown, system: TicketingSystem, egress: EgressPolicy): FieldProblem[] {
  const parsed = system.credentials.safeParse(credentials);
  if (!parsed.success) return problemsOf(parsed.error, '/credentials');
  return (system.loginUrls?.(parsed.data) ?? []).flatMap((url) => {
    const problem = secureUrlProblem(url, egress);
    return problem === null ? [] : [{ field: '/credentials', detail: `name an address that ${problem}` }];
  });
}

/** Of a choice between several forms: what the nearest of them lacks. No value is repeated. */
function problemsOf({ issues }: z.ZodError, field: string): FieldProblem[] {
  return issues.flatMap((issue): FieldProblem[] => {
    const nearest = issue.code === 'invalid_union' ? [...issue.errors].sort((a, b) => unknownIn(a) - unknownIn(b) || a.length - b.length)[0] : undefined;
    const inner = nearest ?? [issue];
    return inner.map(({ path, message }) => ({ field: [field, ...(nearest === undefined ? [] : issue.path), ...path].map(String).join('/'), detail: message }));
  });
}

function unknownIn(issues: readonly { readonly code?: string | undefined }[]): number {
  return issues.filter(({ code }) => code === 'unrecognized_keys').length;
}

/** Credentials go over TLS alone, but within a local run. */
function secureUrlProblem(url: string, egress: EgressPolicy): string | null {
  return urlProblemOf(url, { ...egress, httpsOnly: !egress.allowPrivate });
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function refuse(fields: readonly FieldProblem[]): void {
  if (fields.length > 0) throw channelInvalid(fields);
}
