import { isAllowedAddress } from '../sources/allowed-addresses.decision.js';

export interface Arrival {
  /** At the other end of the connection. */
  readonly peer: string;
  /** `X-Forwarded-For`, as it came. */
  readonly forwardedFor: string | readonly string[] | undefined;
  /** Proxies whose word is believed, as addresses and networks. */
  readonly trustedProxies: readonly string[];
}

/**
 * Where a request came from: the nearest address that is none of the trusted proxies. Each proxy adds the one that it saw at
 * the right, and what stands to the left of a stranger is that stranger's own claim.
 */
export function clientAddressOf({ peer, forwardedFor, trustedProxies }: Arrival): string {
  if (forwardedFor === undefined) return peer;
  const isTrusted = (address: string): boolean => trustedProxies.length > 0 && isAllowedAddress(address, trustedProxies);
  const way = [...[forwardedFor].flat().flatMap((header) => header.split(',')).map((address) => address.trim()).filter((address) => address !== ''), peer];
  return way.findLast((address) => !isTrusted(address)) ?? way[0] ?? peer;
}
