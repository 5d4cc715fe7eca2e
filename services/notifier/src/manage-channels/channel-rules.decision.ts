import { type EgressPolicy, urlProblemOf } from '@handoff/outbound';
import type { FieldProblem } from '@handoff/platform';
import { isMailAddress } from '../channels/mail/mail-address.js';
import { isSecret } from '../channels/webhook/signature.js';
import type { ChannelKind } from '../notification/notification.js';

export interface ChannelFields {
  readonly address?: string;
  readonly url?: string;
  readonly secret?: string;
}

/** What is wrong with the fields of a channel of this kind; empty: nothing. */
export function problemsOf(kind: ChannelKind, fields: ChannelFields, egress: EgressPolicy): readonly FieldProblem[] {
  return kind === 'mail' ? mailProblems(fields) : urlProblems(kind, fields, egress);
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
