import type { JsonOutcome } from '@handoff/outbound';

/** What a call to a source's interface came to. Sentences name the host at most, and nothing that the system said. */
export type ApiAnswer =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'nothing' }
  /** Asking again would not help until somebody changes the source, or rights in its system. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** `retryAfterMs`: for how long the system asks us to wait; `null`: it does not say. */
  | { readonly kind: 'later'; readonly problem: string; readonly retryAfterMs: number | null };

/** Statuses below 500 that may pass: request timeout, too early, too many requests. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** @param host as the source's base address names it. */
export function answerOf(outcome: JsonOutcome, host: string): ApiAnswer {
  switch (outcome.kind) {
    case 'answered': {
      const { answer: { status, retryAfterMs }, content } = outcome;
      if (status >= 200 && status < 300) return contentOf(content, `${host} answered HTTP ${status}`);
      return ofStatus(status, retryAfterMs, host);
    }
    case 'held-back': return { kind: 'later', problem: outcome.detail, retryAfterMs: outcome.retryAfterMs };
    case 'refused-destination': case 'unsendable': case 'too-large': return { kind: 'refused', problem: `${host}: ${outcome.detail}` };
    case 'no-credentials': case 'dns': case 'connect': case 'tls': case 'reset': case 'timeout': case 'malformed': case 'cancelled':
      return { kind: 'later', problem: `${outcome.host}: ${outcome.detail}`, retryAfterMs: null };
  }
}

function contentOf(content: Extract<JsonOutcome, { kind: 'answered' }>['content'], said: string): ApiAnswer {
  if (content.kind === 'json') return { kind: 'found', value: content.value };
  if (content.bytes.length === 0) return { kind: 'nothing' };
  // A page of HTML, as for maintenance or to sign in.
  return { kind: 'later', problem: `${said}, and not with JSON.`, retryAfterMs: null };
}

function ofStatus(status: number, retryAfterMs: number | null, host: string): ApiAnswer {
  const said = `${host} answered HTTP ${status}`;
  if (GONE.has(status)) return { kind: 'nothing' };
  if (status >= 500 || PASSING.has(status)) return { kind: 'later', problem: `${said}.`, retryAfterMs };
  if (status < 400) return { kind: 'refused', problem: `${said}, which leads elsewhere. Give the source the final address as api.baseUrl.` };
  if (status === 401) return { kind: 'refused', problem: `${said}: it does not know the credentials. Give the source new ones.` };
  if (status === 403) return { kind: 'refused', problem: `${said}: the credentials lack a right. Grant it in the system, or give the source others.` };
  return { kind: 'refused', problem: `${said}: it does not take the request. Check api.baseUrl and the version of the system.` };
}
