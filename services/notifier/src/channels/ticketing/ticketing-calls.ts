import { callJson, type JsonOutcome, type JsonRequest, type Outbound } from '@handoff/outbound';
import { answerOfHttp } from '../http-answer.js';
import { notAsDocumented, NotTaken } from './not-taken.js';
import type { DeskCalls, SignIn } from './ticketing-system.js';

export interface TicketingCallsParts {
  readonly outbound: Outbound;
  readonly baseUrl: string;
  readonly signIn: SignIn;
  readonly conflicts?: RegExp;
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
    if (outcome.answer?.status !== 404) return this.valueOf(outcome);
    // That nothing is there must be said in full: a ticket would be opened on it.
    if (outcome.kind !== 'answered') throw notAsDocumented(outcome.detail);
    return null;
  }

  async send(method: 'POST' | 'PUT' | 'PATCH', path: string, json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    return this.valueOf(await this.call({ method, url: this.urlOf(path), json, headers }));
  }

  private call(request: Pick<JsonRequest, 'method' | 'url' | 'json' | 'headers'>): Promise<JsonOutcome> {
    const { outbound, signIn: { auth, headers }, signal } = this.parts;
    return callJson(outbound, { ...request, headers: { ...headers, ...request.headers }, signal, bodyBytesMax: ANSWER_BYTES_MAX, ...(auth === null ? {} : { auth }) });
  }

  private valueOf(outcome: JsonOutcome): unknown {
    if (outcome.answer === null || !isSuccess(outcome.answer)) throw this.refusalOf(outcome);
    // Of an answer that was cut or is too long: that it was done, and not what.
    if (outcome.kind !== 'answered') throw notAsDocumented(outcome.detail);
    const { answer: { body }, content } = outcome;
    if (content.kind === 'json') return content.value;
    // A page of HTML, as for maintenance or to sign in.
    if (body.length > 0) throw notAsDocumented('no JSON');
    return null;
  }

  private refusalOf(outcome: JsonOutcome): NotTaken {
    const { secrets, conflicts } = this.parts;
    const answer = answerOfHttp(outcome, secrets, () => false);
    if (answer.kind === 'accepted') throw new Error('An answer that was not taken is none that was accepted.');
    const detail = answer.detail.replace(SIGNED_IN, '$1 [secret]');
    const isConflict = answer.kind === 'answered' && (CONFLICTS.has(answer.status) || conflicts?.test(detail) === true);
    return new NotTaken(isConflict ? { kind: 'unclear', code: 'conflict', detail } : { ...answer, detail });
  }

  private urlOf(path: string): string {
    return `${this.parts.baseUrl}${path}`;
  }
}

function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}
