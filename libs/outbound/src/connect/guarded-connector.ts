import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type EgressPolicy, refusalOf } from '../destination/destination.decision.js';
import type { ClientTls } from '../outbound.js';
import { ConnectFailure, connectFailureOf } from './connect-failure.js';
import type { Resolve } from './resolve.js';

export interface ConnectorOptions {
  readonly policy: EgressPolicy;
  readonly resolve: Resolve;
  /** Look-up, TCP and TLS together. */
  readonly timeoutMs: number;
  readonly tls: ClientTls | null;
}

/**
 * Connects only to addresses that the policy allows. A name is looked up once for a connection, and that goes to an address out of
 * this one answer: what the name says later, or says to others, gains nothing. TLS and Host keep the name.
 */
export function guardedConnector({ policy, resolve, timeoutMs, tls }: ConnectorOptions): buildConnector.connector {
  const connect = buildConnector({ ...tls, timeout: timeoutMs, allowH2: false, lookup: guardedLookup(policy, resolve) });
  return (options, callback) => {
    // A socket does not look up what is an address already.
    const refusal = isIP(options.hostname) === 0 ? null : refusalOf(options.hostname, options.hostname, policy);
    if (refusal !== null) return callback(new ConnectFailure('refused-destination', refusal), null);
    try {
      connect(options, (error, socket) => (error === null ? callback(null, socket) : callback(connectFailureOf(error, options.protocol), null)));
    } catch (error) {
      // A key or a certificate that is none.
      callback(connectFailureOf(error as Error, options.protocol), null);
    }
  };
}

function guardedLookup(policy: EgressPolicy, resolve: Resolve): LookupFunction {
  return (host, { all }, callback) => {
    addressesOf(host, policy, resolve).then(
      ([first, ...others]) => (all === true ? callback(null, [first, ...others]) : callback(null, first.address, first.family)),
      (failure: ConnectFailure) => callback(failure, ''),
    );
  };
}

/** One refused address among the answers refuses the host: which of them would be tried first is not ours to choose. */
async function addressesOf(host: string, policy: EgressPolicy, resolve: Resolve): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await resolve(host).catch((error: unknown) => {
    throw new ConnectFailure('dns', `The host cannot be looked up (${(error as NodeJS.ErrnoException).code ?? 'no code'}).`);
  });
  if (first === undefined) throw new ConnectFailure('dns', 'The host has no address.');
  const refusal = [first, ...others].map(({ address }) => refusalOf(address, host, policy)).find((found) => found !== null);
  if (refusal !== undefined) throw new ConnectFailure('refused-destination', refusal);
  return [first, ...others];
}
