import { BlockList, isIP } from 'node:net';

/** IANA special-purpose registries: nothing in these ranges is a public host. The first is the way to metadata services. */
const FORBIDDEN_IPV4 = [
  ['169.254.0.0', 16], ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4], ['168.63.129.16', 32],
] as const;
/** Of IPv6 only global unicast is public; in it these ranges are not, or hide an IPv4 address (Teredo, 6to4). */
const FORBIDDEN_IPV6 = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const;

const forbidden = new BlockList();
for (const [net, prefix] of FORBIDDEN_IPV4) forbidden.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of FORBIDDEN_IPV6) forbidden.addSubnet(net, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address belongs to a public host. IPv4 in its IPv6 form counts as what it stands for. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  switch (isIP(plain)) {
    case 4: return !forbidden.check(plain, 'ipv4');
    case 6: return globalUnicast.check(plain, 'ipv6') && !forbidden.check(plain, 'ipv6');
    default: return false;
  }
}

/** What is wrong with a webhook URL before anything is looked up; `null`: nothing. */
export function urlProblemOf(text: string, { allowPrivate }: { readonly allowPrivate: boolean }): string | null {
  const url = URL.parse(text);
  if (url === null) return 'It is not a URL.';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Only http and https are possible.';
  if (url.username !== '' || url.password !== '') return 'User and password in the URL are not supported; messages are signed instead.';
  // The URL parser has already turned decimal, octal and short forms into the usual one.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return 'The address is not a public one; EGRESS_ALLOW_PRIVATE=true would allow it.';
  return null;
}
