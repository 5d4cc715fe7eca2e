import type { Outbound, OutboundRequest, Outcome } from '../outbound.js';
import { withTimeLeft } from '../time-left.js';
import { nextRequest } from './redirect.decision.js';

/** Follows redirects as far as a request asks for it. Each goes through the inner client, which judges its destination. */
export class FollowingOutbound implements Outbound {
  constructor(private readonly inner: Outbound) {}

  async call(request: OutboundRequest): Promise<Outcome> {
    const startedMs = performance.now();
    let current = request;
    let outcome = await this.inner.call(current);
    for (let left = request.redirectsMax ?? 0; left > 0 && outcome.kind === 'answered'; left -= 1) {
      const next = nextRequest(current, outcome.answer);
      if (next === null) return outcome;
      current = next;
      outcome = await this.inner.call(withTimeLeft(current, startedMs));
    }
    return outcome;
  }
}
