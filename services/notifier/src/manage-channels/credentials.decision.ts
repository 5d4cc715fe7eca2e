import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type EgressPolicy, urlProblemOf } from '@handoff/outbound';
import type { FieldProblem } from '@handoff/platform';
import { z } from 'zod';
import { shownUrl } from '../channels/secret-url.js';
import type { ChannelKind } from '../notification/notification.js';
import type { ChannelCredentials, CredentialsShown } from './channel-credentials.js';

const HEADERS_MAX = 20;
const HEADER_CHARS_MAX = 4_096;
const PEM_CHARS_MAX = 32_768;
const TEXT_CHARS_MAX = 2_048;

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;
/** Visible ASCII, with blanks inside: what every server takes (RFC 9110 section 5.5). */
const VALUE = /^[\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?$/;

/** They belong to the connection (RFC 9110 section 7.6.1), or to the message as Handoff makes it. */
const NOT_YOURS = new Set([
  'connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'content-length', 'expect',
  'content-type', 'content-encoding', 'accept-encoding', 'date', 'user-agent', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'traceparent', 'tracestate', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'cookie',
]);

const text = z.string().min(1).max(TEXT_CHARS_MAX).regex(/^[^\p{Cc}]*$/u, 'must be one line');
const pem = z.string().min(1).max(PEM_CHARS_MAX);
const webhook = z.strictObject({
  headers: z.record(z.string().regex(TOKEN, 'must be the name of a header'), z.string().max(HEADER_CHARS_MAX).regex(VALUE, 'must be visible ASCII, without blanks at its ends'))
    .refine((headers) => Object.keys(headers).length <= HEADERS_MAX, `must be ${HEADERS_MAX} at most`).optional(),
  clientCertificate: z.strictObject({ certificate: pem, key: pem, authority: pem.optional() }).optional(),
  oauth: z.strictObject({
    tokenUrl: z.string().max(TEXT_CHARS_MAX), clientId: text, clientSecret: text, scope: text.optional(), secretIn: z.enum(['header', 'body']).optional(),
    fields: z.record(z.string().regex(/^[\w.-]{1,64}$/), text).refine((fields) => Object.keys(fields).length <= HEADERS_MAX, `must be ${HEADERS_MAX} at most`).optional(),
  }).optional(),
});
const slack = z.strictObject({ signingSecret: z.string().regex(/^[0-9A-Za-z]{16,128}$/, 'must be the signing secret of the Slack app, as its basic information has it').optional() });

export interface CredentialFacts {
  /** Where they are sent. */
  readonly url: string;
  readonly egress: EgressPolicy;
  readonly now: Date;
}

export type JudgedCredentials =
  | { readonly problems: readonly FieldProblem[] }
  | { readonly credentials: ChannelCredentials | null; readonly credentialsShown: CredentialsShown | null };

/** What is kept of the credentials of a webhook or of Slack, or what is wrong with them. No value is repeated. */
export function credentialsOf(kind: ChannelKind, given: unknown, facts: CredentialFacts): JudgedCredentials {
  if (kind !== 'webhook' && kind !== 'slack') return { problems: [{ field: '/credentials', detail: 'is for webhooks, Slack and ticketing systems' }] };
  const parsed = (kind === 'webhook' ? webhook : slack).safeParse(given);
  if (!parsed.success) return { problems: parsed.error.issues.map(({ path, message }) => ({ field: ['/credentials', ...path].map(String).join('/'), detail: message })) };
  const credentials: ChannelCredentials = parsed.data;
  const problems = [...headerProblems(credentials), ...certificateProblems(credentials, facts), ...oauthProblems(credentials, facts), ...connectionProblems(credentials, facts)];
  if (problems.length > 0) return { problems };
  const credentialsShown = shownOf(credentials);
  return Object.keys(credentialsShown).length === 0 ? { credentials: null, credentialsShown: null } : { credentials, credentialsShown };
}

function shownOf({ headers = {}, clientCertificate, oauth, signingSecret }: ChannelCredentials): CredentialsShown {
  const names = Object.keys(headers);
  return {
    ...(names.length === 0 ? {} : { headers: names }),
    ...(clientCertificate === undefined ? {} : { clientCertificate: { expiresAt: new X509Certificate(clientCertificate.certificate).validToDate.toISOString() } }),
    ...(oauth === undefined ? {} : { oauth: { tokenUrl: shownUrl(oauth.tokenUrl), clientId: oauth.clientId, ...(oauth.scope === undefined ? {} : { scope: oauth.scope }) } }),
    ...(signingSecret === undefined ? {} : { signingSecret: true }),
  };
}

function headerProblems({ headers = {}, oauth }: ChannelCredentials): FieldProblem[] {
  const seen = new Set<string>();
  return Object.keys(headers).flatMap((name) => {
    const lower = name.toLowerCase();
    const isTwice = seen.has(lower);
    seen.add(lower);
    const detail = NOT_YOURS.has(lower) ? 'belongs to the connection or to Handoff, and cannot be set' : isTwice ? 'is there twice' : lower === 'authorization' && oauth !== undefined ? 'cannot stand beside oauth, which sets it' : null;
    return detail === null ? [] : [{ field: `/credentials/headers/${name}`, detail }];
  });
}

function certificateProblems({ clientCertificate }: ChannelCredentials, { now }: CredentialFacts): FieldProblem[] {
  if (clientCertificate === undefined) return [];
  const certificate = readOrNull(() => new X509Certificate(clientCertificate.certificate));
  const key = readOrNull(() => createPrivateKey(clientCertificate.key));
  const field = '/credentials/clientCertificate';
  const { authority } = clientCertificate;
  return [
    ...(authority !== undefined && readOrNull(() => new X509Certificate(authority)) === null ? [{ field: `${field}/authority`, detail: 'must be the certificate of an authority in PEM' }] : []),
    ...(certificate === null ? [{ field: `${field}/certificate`, detail: 'must be a certificate in PEM, with those between it and its authority behind it' }] : []),
    ...(key === null ? [{ field: `${field}/key`, detail: 'must be a private key in PEM, without a passphrase' }] : []),
    ...(certificate !== null && key !== null && !certificate.checkPrivateKey(key) ? [{ field: `${field}/key`, detail: 'does not belong to the certificate' }] : []),
    ...(certificate !== null && certificate.validToDate <= now ? [{ field: `${field}/certificate`, detail: `has expired, at ${certificate.validToDate.toISOString()}` }] : []),
  ];
}

function oauthProblems({ oauth }: ChannelCredentials, { egress }: CredentialFacts): FieldProblem[] {
  if (oauth === undefined) return [];
  const problem = urlProblemOf(oauth.tokenUrl, { ...egress, httpsOnly: !egress.allowPrivate });
  return problem === null ? [] : [{ field: '/credentials/oauth/tokenUrl', detail: problem }];
}

/** Credentials go over TLS alone, but within a local run; a certificate belongs to TLS. */
function connectionProblems({ headers = {}, clientCertificate, oauth }: ChannelCredentials, { url, egress }: CredentialFacts): FieldProblem[] {
  if (URL.parse(url)?.protocol === 'https:') return [];
  if (clientCertificate !== undefined) return [{ field: '/credentials/clientCertificate', detail: 'needs a url with https' }];
  const isSecret = Object.keys(headers).length > 0 || oauth !== undefined;
  return isSecret && !egress.allowPrivate ? [{ field: '/credentials', detail: 'need a url with https' }] : [];
}

function readOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
