import { type EgressPolicy, urlProblemOf } from '@handoff/outbound';
import { type FieldProblem, Problem } from '@handoff/platform';
import { isMailAddress } from '../channels/mail/mail-address.js';
import { isSecret } from '../channels/webhook/signature.js';
import { type ChannelKind, isForSource } from '../notification/notification.js';

export interface ChannelFields {
  readonly address?: string;
  readonly url?: string;
  readonly secret?: string;
  /** Of a ticketing system: the source that tells what happens to its tickets; `null`: none. */
  readonly source?: string | null;
  /** Of a ticketing system. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** As the kind, or the ticketing system, has them. */
  readonly credentials?: Readonly<Record<string, unknown>>;
}

/** What is wrong with the fields of a channel of this kind; empty: nothing. */
export function problemsOf(kind: ChannelKind, fields: ChannelFields, egress: EgressPolicy): readonly FieldProblem[] {
  switch (kind) {
    case 'mail': return [...mailProblems(fields), ...notOfTicketing(fields)];
    case 'webhook': case 'teams': case 'slack': return [...urlProblems(kind, fields, egress), ...notOfTicketing(fields)];
    case 'ticketing': return (['address', 'secret'] as const).flatMap((name) => (fields[name] === undefined ? [] : [{ field: `/${name}`, detail: 'must be left out: a ticketing system has a url and credentials' }]));
  }
}

/** Into the system that tickets come from a ticketing system alone leads, and no news of them comes back by another way. */
export function sourceProblems(kind: ChannelKind, { destination, source }: { readonly destination: string; readonly source?: string | null }): readonly FieldProblem[] {
  if (!isForSource({ destination })) return [];
  return [
    ...(kind === 'ticketing' ? [] : [{ field: '/kind', detail: 'must be ticketing for a source: notes are written into its system' }]),
    ...(source == null ? [] : [{ field: '/source', detail: 'must be left out: the destination is the source' }]),
  ];
}

/** The refusal of a channel, with each field at fault. */
export function channelInvalid(fields: readonly FieldProblem[]): Problem {
  return new Problem(422, 'invalid-content', `The channel is not valid: ${fields.map(({ field, detail }) => `${field} ${detail}`).slice(0, 5).join('; ')}.`, { fields });
}

function notOfTicketing(fields: ChannelFields): FieldProblem[] {
  return (['settings', 'source'] as const).flatMap((name) => (fields[name] == null ? [] : [{ field: `/${name}`, detail: 'is for ticketing systems' }]));
}

function mailProblems({ address, url, secret }: ChannelFields): FieldProblem[] {
  return [
    ...(address === undefined || isMailAddress(address) ? [] : [{ field: '/address', detail: 'must be one mail address, as support@contoso.example' }]),
    ...(url === undefined ? [] : [{ field: '/url', detail: 'is for webhooks; mail has an address' }]),
    ...(secret === undefined ? [] : [{ field: '/secret', detail: 'is for webhooks' }]),
  ];
}

function urlProblems(kind: ChannelKind, { address, url, secret }: ChannelFields, egress: EgressPolicy): FieldProblem[] {
  const problem = url === undefined ? null : urlProblemOf(url, egress);
  return [
    ...(problem === null ? [] : [{ field: '/url', detail: problem }]),
    ...(address === undefined ? [] : [{ field: '/address', detail: `is for mail; ${kind} has a url` }]),
    ...(secret === undefined ? [] : secretProblems(kind, secret)),
  ];
}

/** A chat signs nothing: its URL is the secret. */
function secretProblems(kind: ChannelKind, secret: string): FieldProblem[] {
  if (kind !== 'webhook') return [{ field: '/secret', detail: 'is for webhooks' }];
  return isSecret(secret) ? [] : [{ field: '/secret', detail: 'must be whsec_ and the base64 of 24 to 64 bytes' }];
}
