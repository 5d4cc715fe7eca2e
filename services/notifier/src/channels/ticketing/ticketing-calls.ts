import { callJson, type JsonOutcome, type JsonRequest, type Outbound } from '@handoff/outbound';
import type { Answer } from '../channel.js';
import { answerOfHttp } from '../http-answer.js';
import { notAsDocumented, NotTaken } from './not-taken.js';
import type { DeskCalls, SignIn } from './ticketing-system.js';

export interface TicketingCallsParts {
  readonly outbound: Outbound;
  readonly baseUrl: string;
  readonly signIn: SignIn;
  /** Texts that no answer of ours may repeat. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** A page of notes; what is longer cannot be read. */
const ANSWER_BYTES_MAX = 4_194_304;
/** What a header says of who we are, where a system repeats it: encoded, or as a token that is not ours to know. */
const SIGNED_IN = /\b(basic|bearer|token=)\s*[\w.~+/=-]{6,}/gi;
/** Another was at work on the ticket: conflict, precondition failed, locked. */
const CONFLICTS: ReadonlySet<number> = new Set([409, 412, 423]);

/** Calls to one contact's ticketing system, for one message. */
export class TicketingCalls implements DeskCalls {
  constructor(private readonly parts: TicketingCallsParts) {}

  async get(path: string): Promise<unknown> {
    const outcome = await this.call({ method: 'GET', url: this.urlOf(path) });
    return outcome.kind === 'answered' && outcome.answer.status === 404 ? null : this.valueOf(outcome);
  }

  async send(method: 'POST' | 'PUT' | 'PATCH', path: string, json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    return this.valueOf(await this.call({ method, url: this.urlOf(path), json, headers }));
  }

  private call(request: Pick<JsonRequest, 'method' | 'url' | 'json' | 'headers'>): Promise<JsonOutcome> {
    const { outbound, signIn: { auth, headers }, signal } = this.parts;
    return callJson(outbound, { ...request, headers: { ...headers, ...request.headers }, signal, bodyBytesMax: ANSWER_BYTES_MAX, ...(auth === null ? {} : { auth }) });
  }

  private valueOf(outcome: JsonOutcome): unknown {
    if (outcome.kind === 'malformed' && outcome.arrived === 'yes') throw notAsDocumented(outcome.detail);
    if (outcome.kind !== 'answered') throw new NotTaken(refused(answerOfHttp(outcome, this.parts.secrets, () => false)));
    const { answer: { status, body }, content } = outcome;
    if (status < 200 || status >= 300) throw new NotTaken(refused(answerOfHttp(outcome, this.parts.secrets, () => false)));
    if (content.kind === 'json') return content.value;
    // A page of HTML, as for maintenance or to sign in.
    if (body.length > 0) throw notAsDocumented('no JSON');
    return null;
  }

  private urlOf(path: string): string {
    return `${this.parts.baseUrl}${path}`;
  }
}

function refused(answer: Answer): Exclude<Answer, { kind: 'accepted' }> {
  if (answer.kind === 'accepted') throw new Error('An answer that was not taken is none that was accepted.');
  const detail = answer.detail.replace(SIGNED_IN, '$1 [secret]');
  return answer.kind === 'answered' && CONFLICTS.has(answer.status) ? { kind: 'unclear', code: 'conflict', detail } : { ...answer, detail };
}
