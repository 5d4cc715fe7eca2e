import type { OutboundRequest } from './outbound.js';

/** The same request for the next step of a call that began at `startedMs` by `performance.now()`: with the time that is left of its limit. */
export function withTimeLeft(request: OutboundRequest, startedMs: number): OutboundRequest {
  if (request.timeoutMs === undefined) return request;
  return { ...request, timeoutMs: Math.max(1, Math.ceil(request.timeoutMs - (performance.now() - startedMs))) };
}
