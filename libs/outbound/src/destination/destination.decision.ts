import { isIP } from 'node:net';
import { type AddressRange, addressOf, rangeOf } from './address-range.decision.js';
import { type AllowList, isListedAddress, isListedHost } from './allow-list.js';

/** Where calls may go. */
export interface EgressPolicy {
  /** Lifts the refusal of internal addresses: private, loopback, shared (RFC 6598), unique local. */
  readonly allowPrivate: boolean;
  readonly allow: AllowList;
  /** Refuses http. */
  readonly httpsOnly?: boolean;
  /** Refuses every other port. */
  readonly ports?: readonly number[];
}

export interface Destination {
  readonly origin: string;
  /** Host and port, as the URL has them. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
}

export type Judged = { readonly destination: Destination } | { readonly problem: string; readonly host: string };

const REASONS: Readonly<Record<Exclude<AddressRange, 'public'>, string>> = {
  internal: 'The host is at an internal address. EGRESS_ALLOW_PRIVATE=true, or the host or its network in EGRESS_ALLOW, would allow it.',
  metadata: 'The host is the metadata service of a cloud. Only its network in EGRESS_ALLOW would allow it.',
  special: 'The host is at an address that is no public one (link-local, multicast, reserved). Only its network in EGRESS_ALLOW would allow it.',
};

/** Names that stand for an address wherever they are looked up, so that a URL with one is refused before. RFC 6761 section 6.3 has localhost. */
const STANDS_FOR: readonly (readonly [RegExp, string])[] = [
  [/^(?:.+\.)?localhost(?:\.localdomain)?$/, '127.0.0.1'],
  [/^(?:.+\.)?metadata\.google\.internal$|^metadata(?:\.(?:goog|internal|azure\.internal|tencentyun\.com|platformequinix\.com))?$|^instance-data(?:\..+)?$/, '169.254.169.254'],
];

/** Judges a URL before anything is looked up. The URL parser has turned every way to write an address into the usual one. */
export function judge(text: string, policy: EgressPolicy): Judged {
  const url = URL.parse(text);
  if (url === null) return { problem: 'It is not a URL.', host: '' };
  const problem = problemOf(url, policy);
  if (problem !== null) return { problem, host: url.host };
  return { destination: { origin: url.origin, host: url.host, path: `${url.pathname}${url.search}` } };
}

/** What is wrong with a URL, as a sentence; `null`: nothing that shows before its name is looked up. */
export function urlProblemOf(text: string, policy: EgressPolicy): string | null {
  const judged = judge(text, policy);
  return 'problem' in judged ? judged.problem : null;
}

/** Why we do not connect to this address for this host, as a sentence; `null`: we do. */
export function refusalOf(address: string, host: string, { allowPrivate, allow }: EgressPolicy): string | null {
  const known = addressOf(address);
  if (known === null) return REASONS.special;
  const range = rangeOf(known);
  if (range === 'public' || isListedAddress(known, allow)) return null;
  return range === 'internal' && (allowPrivate || isListedHost(nameOf(host), allow)) ? null : REASONS[range];
}

function problemOf({ protocol, username, password, hostname, port }: URL, policy: EgressPolicy): string | null {
  if (protocol !== 'https:' && (protocol !== 'http:' || policy.httpsOnly === true)) return policy.httpsOnly === true ? 'Only https is possible.' : 'Only http and https are possible.';
  if (username !== '' || password !== '') return 'User and password in a URL are not supported.';
  if (policy.ports?.includes(Number(port === '' ? { 'https:': 443, 'http:': 80 }[protocol] : port)) === false) return `Only these ports are possible: ${policy.ports.join(', ')}.`;
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = isIP(host) === 0 ? STANDS_FOR.find(([names]) => names.test(nameOf(host)))?.[1] : host;
  return address === undefined ? null : refusalOf(address, host, policy);
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
