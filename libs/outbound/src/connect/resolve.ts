import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

/** All addresses of a host; rejects where it has none. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const DNS_TIMEOUT_MS = 1_000;
const DNS_TRIES = 2;

/** By the operating system, which knows /etc/hosts and search domains. */
export const systemResolve: Resolve = (host) => lookup(host, { all: true });

/** By these DNS servers alone, each as `address` or `address:port`. */
export function resolveBy(servers: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  resolver.setServers(servers);
  return async (host) => {
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = [...addressesIn(ipv4, 4), ...addressesIn(ipv6, 6)];
    if (addresses.length === 0 && ipv4.status === 'rejected') throw ipv4.reason;
    return addresses;
  };
}

/** Asks once for all who ask at the same time: a name whose server is silent holds one thread of the operating system's resolver, not all. */
export function once(resolve: Resolve): Resolve {
  const underWay = new Map<string, ReturnType<Resolve>>();
  return (host) => {
    const asked = underWay.get(host);
    if (asked !== undefined) return asked;
    const answer = resolve(host).finally(() => underWay.delete(host));
    underWay.set(host, answer);
    return answer;
  };
}

function addressesIn(result: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return result.status === 'rejected' ? [] : result.value.map((address) => ({ address, family }));
}
