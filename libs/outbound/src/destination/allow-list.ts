import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import { type Address, isWithin, type Network } from './address-range.decision.js';

/** What an installation allows beyond public addresses. */
export interface AllowList {
  readonly networks: readonly Network[];
  readonly hosts: ReadonlySet<string>;
  /** Each begins with a dot and stands for all names that end in it. */
  readonly suffixes: readonly string[];
}

const NAME = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;
/** A name whose last label is a number is an address in a URL. */
const NUMERIC = /(?:^|\.)(?:\d+|0x[\da-f]*)$/;

const MAPPED_BITS = 96;

export const NOTHING_ALLOWED: AllowList = { networks: [], hosts: new Set(), suffixes: [] };

/**
 * Reads addresses, networks (as `10.20.0.0/16`), host names and `*.` suffixes, with commas between them.
 * @throws Error with a sentence that names the entry at fault.
 */
export function parseAllowList(text: string): AllowList {
  const entries = text.split(',').map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '');
  const networks: Network[] = [];
  const names: string[] = [];
  for (const entry of entries) {
    const network = networkOf(entry);
    if (network === null) names.push(nameOf(entry));
    else networks.push(network);
  }
  return { networks, hosts: new Set(names.filter((name) => !name.startsWith('*'))), suffixes: names.filter((name) => name.startsWith('*')).map((name) => name.slice(1)) };
}

export function isListedAddress(address: Address, { networks }: AllowList): boolean {
  return networks.some((network) => isWithin(address, network));
}

/** `host` in lower case, without a dot at its end. */
export function isListedHost(host: string, { hosts, suffixes }: AllowList): boolean {
  return hosts.has(host) || suffixes.some((suffix) => host.endsWith(suffix));
}

function networkOf(entry: string): Network | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(entry) || ipaddr.IPv6.isValid(entry)) {
    const address = ipaddr.parse(entry);
    return unmapped([address, address.toByteArray().length * 8]);
  }
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(entry) || ipaddr.IPv6.isValidCIDR(entry) ? unmapped(ipaddr.parseCIDR(entry)) : null;
}

/** Addresses are compared as what they stand for, so a network of mapped addresses is one of IPv4. */
function unmapped([address, bits]: Network): Network {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= MAPPED_BITS ? [address.toIPv4Address(), bits - MAPPED_BITS] : [address, bits];
}

function nameOf(entry: string): string {
  const [wildcard, rest] = entry.startsWith('*.') ? ['*.', entry.slice(2)] : ['', entry];
  const name = `${wildcard}${domainToASCII(rest.replace(/\.$/, ''))}`;
  if (NAME.test(name) && !NUMERIC.test(name)) return name;
  throw new Error(`'${entry}' is not an address, a network as 10.20.0.0/16, or a host name`);
}
