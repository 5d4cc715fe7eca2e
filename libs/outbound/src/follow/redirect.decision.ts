import type { Answer, OutboundRequest } from '../outbound.js';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What another server may be told: nothing that shows who we are, under whatever name that goes. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent']);

/** The request that an answer sends us to; `null`: it is no redirect that can be followed. From https nothing leads to http. */
export function nextRequest(request: OutboundRequest, { status, headers }: Answer): OutboundRequest | null {
  const { location } = headers;
  if (!REDIRECTS.has(status) || typeof location !== 'string' || (request.method !== 'GET' && request.method !== 'HEAD')) return null;
  const from = new URL(request.url);
  const to = URL.parse(location, request.url);
  if (to === null || (from.protocol === 'https:' && to.protocol !== 'https:')) return null;
  if (to.origin === from.origin) return { ...request, url: to.href };
  const { tls: _tls, body: _body, ...rest } = request;
  return { ...rest, url: to.href, headers: Object.fromEntries(Object.entries(request.headers ?? {}).filter(([name]) => HARMLESS_HEADERS.has(name.toLowerCase()))) };
}
