import { compare, type CompiledMatrix, factsOf } from '@handoff/matrix';
import type { Transactions } from '@handoff/messaging';
import { type Clock, Problem } from '@handoff/platform';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf, questionOf } from '../route-ticket/question.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import { type Comparison, ComparisonTally } from './comparison.js';
import { matrixInvalid, versionUnknown } from './matrix.problems.js';
import type { MatrixStore } from './matrix.store.js';
import { readMatrix } from './matrix-text.decision.js';
import { narrowing } from '../directory/narrow-directory.js';
import type { PastTickets } from './past-tickets.store.js';

export interface CompareRequest {
  /** How far back, in days. */
  readonly days: number;
  /** How many changed tickets are shown. */
  readonly limit: number;
}

export interface ComparePorts {
  readonly store: MatrixStore;
  readonly pastTickets: PastTickets;
  readonly directory: DirectoryStore;
  readonly transactions: Transactions;
  readonly clock: Clock;
  /** The version that is active now. */
  readonly active: () => Promise<CompiledMatrix>;
}

const PAGE_TICKETS = 2_000;
const COMPARED_TICKETS_MAX = 1_000_000;
const DAY_MS = 86_400_000;
/** A comparison takes a core for seconds, beside the tickets that are routed meanwhile. */
const COMPARISONS_MAX = 1;

/** Puts the questions of past tickets to the active version and to another, and tells where the answers differ. Stores nothing. */
export class CompareVersionsHandler {
  private running = 0;

  constructor(private readonly ports: ComparePorts) {}

  async compareVersion(name: string, request: CompareRequest): Promise<Comparison> {
    const { store, transactions } = this.ports;
    const version = await transactions.run((tx) => store.find(tx, name));
    if (version === null) throw versionUnknown(name);
    return this.compareText({ matrix: version.matrix, version: name }, request);
  }

  async compareText({ matrix: text, version }: { readonly matrix: string; readonly version: string }, request: CompareRequest): Promise<Comparison> {
    const { matrix, findings } = readMatrix(text, version);
    if (matrix === null) throw matrixInvalid(findings);
    if (this.running >= COMPARISONS_MAX) throw new Problem(503, 'compare-busy', 'Another comparison is running; ask again when it is done.', { retryAfterSeconds: 5 });
    this.running += 1;
    try {
      return await this.replay(await this.ports.active(), matrix, request);
    } finally {
      this.running -= 1;
    }
  }

  private replay(before: CompiledMatrix, after: CompiledMatrix, { days, limit }: CompareRequest): Promise<Comparison> {
    const { pastTickets, directory, transactions, clock } = this.ports;
    const since = new Date(clock.now().getTime() - days * DAY_MS).toISOString();
    return transactions.run(async (tx) => {
      const tally = new ComparisonTally(limit);
      for await (const page of pastTickets.pages(tx, { since, pageSize: PAGE_TICKETS })) {
        if (tally.count >= COMPARED_TICKETS_MAX) return tally.result({ before: before.version, after: after.version, since, isComplete: false });
        const known = page.map(({ state, decidedAt }) => ({ state: withDefaults(state), decidedAt }));
        const directoryFor = narrowing(await directory.slice(tx, keysOf(known.map(({ state }) => state))));
        for (const { state, decidedAt } of known) {
          // The facts of today's directory, at the time of the ticket's last decision.
          const question = questionOf(state, directoryFor(keysOf([state])), { occurredAt: state.occurredAt, receivedAt: decidedAt });
          tally.add(state, compare(before, after, [factsOf(question, decidedAt)])[0] ?? null);
        }
      }
      return tally.result({ before: before.version, after: after.version, since, isComplete: true });
    });
  }
}
