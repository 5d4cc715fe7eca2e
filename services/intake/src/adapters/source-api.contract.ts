import { problemsOf } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import fc from 'fast-check';
import { ticketReceived } from '../accept/received-ticket.js';
import type { ReportedTicket } from './adapter.js';
import { mutator } from './mutated-payload.samples.js';
import { ApiRefused, type ReadContext, type ReadTicket, type SourceApi } from './source-api.js';
import { listed } from './source-api.samples.js';
import { RECEIVED_AT } from './webhook.samples.js';

export interface ReadingHarness {
  readonly api: SourceApi;
  /** A system that has the ticket, each time anew. */
  readonly context: () => ReadContext;
  readonly externalId: string;
  /** What the webhook told, where the reading needs it. */
  readonly fields?: ReportedTicket['fields'];
}

const CALLS_MAX = 20_000;
const CALLS_MUTATED = 4;
const MUTATIONS = 100;
const ENDLESS = `More than ${CALLS_MAX} calls were made.`;
const SINCE = new Date('2020-01-01T00:00:00.000Z');

/** What holds for every interface from which tickets are read, whatever it answers. */
export function describeReading(name: string, { api, context, externalId, fields = {} }: ReadingHarness): void {
  const ticket: ReportedTicket = { externalId, externalUrl: null, change: 'updated', occurredAt: RECEIVED_AT.toISOString(), fields, isThin: true };

  describe(`${name}: what is read`, () => {
    const nth = fc.nat({ max: CALLS_MUTATED - 1 });

    it('is a ticket, when nothing is wrong with the answers', async () => {
      expect(await outcomeOf(async () => [await api.complete(ticket, context())])).toBe('tickets');
    });

    it('is a ticket, nothing or a clear failure, whatever the system answers about one', async () => {
      await fc.assert(fc.asyncProperty(nth, mutator, async (call, mutate) => {
        expect(await outcomeOf(async () => [await api.complete(ticket, withAnswer(context(), call, mutate))])).toMatch(/^(tickets|failure)$/);
      }), { numRuns: MUTATIONS });
    });

    if (api.updatedSince !== undefined) {
      it('is tickets or a clear failure, and comes to an end, whatever the system answers about what changed', async () => {
        await fc.assert(fc.asyncProperty(nth, mutator, async (call, mutate) => {
          expect(await outcomeOf(() => listed(api.updatedSince?.({ since: SINCE }, withAnswer(context(), call, mutate))))).toMatch(/^(tickets|failure)$/);
        }), { numRuns: MUTATIONS });
      });
    }
  });
}

/** A failure is an error that somebody wrote down; whatever JavaScript throws by itself is a fault. */
async function outcomeOf(read: () => Promise<readonly (ReadTicket | null)[]>): Promise<string> {
  try {
    const problems = (await read()).flatMap((found) => (found === null ? [] : problemsIn(found)));
    return problems.length === 0 ? 'tickets' : problems.join('; ');
  } catch (error) {
    const isMeant = error instanceof Problem || error instanceof ApiRefused || (error instanceof Error && error.constructor === Error && error.message !== ENDLESS);
    return isMeant ? 'failure' : String(error);
  }
}

function problemsIn(ticket: ReadTicket): readonly string[] {
  const event = ticketReceived({ source: 's', sourceParty: null, idempotencyKey: 'k', ticket, traceparent: '', receivedAt: RECEIVED_AT });
  return [...(problemsOf(event.type, event.data) ?? []), ...(Number.isNaN(Date.parse(ticket.updatedAt)) ? [`'${ticket.updatedAt}' is no time`] : [])];
}

/** The system, with one of its answers mutated. */
function withAnswer(context: ReadContext, nth: number, mutate: (answer: unknown) => unknown): ReadContext {
  let calls = 0;
  const answered = async (answer: Promise<unknown>): Promise<unknown> => {
    const call = calls;
    calls += 1;
    if (calls > CALLS_MAX) throw new Error(ENDLESS);
    return call === nth ? mutate(await answer) : answer;
  };
  return { ...context, api: { get: (path) => answered(context.api.get(path)), post: (path, body) => answered(context.api.post(path, body)) } };
}
