import { BlockList, isIP } from 'node:net';

const BITS = { 4: 32, 6: 128 } as const;

/** What is wrong with an entry of a source's list, as a sentence; `null`: nothing. */
export function addressProblem(entry: string): string | null {
  return networkOf(entry) === null ? `'${entry.slice(0, 64)}' must be an address, or a network as 203.0.113.0/24 or 2001:db8::/32` : null;
}

/**
 * Whether a webhook from this address is taken. An empty list takes all.
 * @param address as the socket or a proxy names it; also with a port, in brackets, or as IPv4 within IPv6.
 */
export function isAllowedAddress(address: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const plain = plainAddress(address);
  const version = isIP(plain);
  if (version === 0) return false;
  const list = new BlockList();
  for (const entry of allowed) {
    const network = networkOf(entry);
    if (network !== null) list.addSubnet(network.address, network.bits, network.family);
  }
  return list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
}

function networkOf(entry: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | null {
  const [, address = '', prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version !== 4 && version !== 6) return null;
  const bits = prefix === undefined ? BITS[version] : Number(prefix);
  return bits <= BITS[version] ? { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' } : null;
}

/** `203.0.113.7` of `203.0.113.7:443`, `[2001:db8::1]:443` without what is around it, `::ffff:203.0.113.7` as IPv4, no zone. */
function plainAddress(address: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? [];
  const [, withPort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address) ?? [];
  const plain = (bracketed ?? withPort ?? address).replace(/%.*$/, '');
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? plain;
}
