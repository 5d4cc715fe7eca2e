import { lookup as dnsLookup, type LookupOptions } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress } from './egress.decision.js';

/** The host's address is one that we do not send to. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'FORBIDDEN_ADDRESS';

  constructor() {
    super('The host resolves to an address that is not public (private, loopback, link-local or reserved).');
  }
}

export interface AgentSettings {
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly connectionsAnOriginMax: number;
}

const KEEP_ALIVE_MS = 10_000;
const HEADER_BYTES_MAX = 16_384;

/**
 * An HTTP client that connects only to public addresses. What counts is the address of the connection itself: a name that
 * resolves to another address the second time gains nothing, for it is looked up once.
 */
export function createAgent({ allowPrivate, timeoutMs, connectionsAnOriginMax }: AgentSettings): Agent {
  const connect = buildConnector({ timeout: timeoutMs, allowH2: false, ...(allowPrivate ? {} : { lookup: publicLookup }) });
  return new Agent({
    connect: allowPrivate ? connect : (options, callback) => connect(options, (...result) => callback(...refusePrivate(result))),
    connections: connectionsAnOriginMax, pipelining: 1, keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: timeoutMs, bodyTimeout: timeoutMs, maxHeaderSize: HEADER_BYTES_MAX,
  });
}

/** Like `dns.lookup`, but one internal address among the answers refuses the host: which would be tried first is not ours to choose. */
const publicLookup: LookupFunction = (hostname, options: LookupOptions, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '');
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => !isPublicAddress(address))) return callback(new ForbiddenAddress(), '');
    if (options.all === true) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

type Connected = Parameters<buildConnector.Callback>;

/** An IP address in the URL is not looked up, so the socket is asked as well. */
function refusePrivate(result: Connected): Connected {
  const socket = result[1] as Socket | null | undefined;
  if (socket === null || socket === undefined || isPublicAddress(socket.remoteAddress ?? '')) return result;
  socket.destroy();
  return [new ForbiddenAddress(), null];
}
