import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = readonly [Address, number];

/**
 * Where an address leads.
 * - `public`: to a host of the internet.
 * - `internal`: to this machine or a network of one's own.
 * - `metadata`: to a service of a cloud that hands out credentials or settings.
 * - `special`: to no single host, or by a way that hides where to: link-local, multicast, reserved, documentation, tunnels.
 */
export type AddressRange = 'public' | 'internal' | 'metadata' | 'special';

/** Of AWS, Google, Oracle, Scaleway, Alibaba and Azure. Those at 169.254.0.0/16 are link-local, and thereby special. */
const METADATA = ['fd00:ec2::/32', 'fd20:ce::/32', 'fd00:c1::/32', 'fd00:42::/32', '100.100.100.200/32', '168.63.129.16/32', '169.254.169.254/32'].map((cidr) => ipaddr.parseCIDR(cidr));
const INTERNAL: ReadonlySet<string> = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);
/** RFC 4291: global unicast is what is assigned of IPv6. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
/** Special by the IANA registry, and not in every release of the library. */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '3fff::/20'].map((cidr) => ipaddr.parseCIDR(cidr));
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
/** RFC 5214: an interface identifier of this form tunnels to the IPv4 address behind it. */
const ISATAP = 0x5efe;

/** The library reads `::10.0.0.1` as if it were `::ffff:10.0.0.1`; to a socket they differ. */
const IPV4_COMPATIBLE = /^::(\d+\.\d+\.\d+\.\d+)$/;

/** The address that a socket would connect to; `null`: not an address. IPv4 within IPv6 (mapped, NAT64) is that IPv4 address. */
export function addressOf(text: string): Address | null {
  const plain = text.replace(/%.*$/, '');
  if (isIP(plain) === 0) return null;
  const compatible = IPV4_COMPATIBLE.exec(plain)?.[1];
  if (compatible !== undefined) return new ipaddr.IPv6([...new Array<number>(12).fill(0), ...ipaddr.IPv4.parse(compatible).toByteArray()]);
  const address = ipaddr.parse(plain);
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(NAT64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

export function rangeOf(address: Address): AddressRange {
  if (METADATA.some((network) => isWithin(address, network))) return 'metadata';
  const range = address.range();
  if (INTERNAL.has(range)) return 'internal';
  return range === 'unicast' && (address instanceof ipaddr.IPv4 || isGlobal(address)) ? 'public' : 'special';
}

export function isWithin(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

function isGlobal(address: ipaddr.IPv6): boolean {
  return address.match(GLOBAL_UNICAST) && !SPECIAL_IPV6.some((network) => isWithin(address, network)) && address.parts[5] !== ISATAP;
}
