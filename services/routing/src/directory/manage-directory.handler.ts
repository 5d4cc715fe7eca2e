import type { Transactions } from '@handoff/messaging';
import { Problem } from '@handoff/platform';
import { contentOf } from './entry-content.decision.js';
import type { Current, EntryQuery, EntryStore, Expected, Revision } from './entry.store.js';
import type { DirectoryKind } from './directory-kinds.js';
import { type Preconditions, preconditionOf } from './precondition.decision.js';

export interface Written {
  readonly entry: Current;
  readonly isNew: boolean;
}

export interface Author extends Preconditions {
  readonly by: string;
}

/** Reads and changes single entries of one kind. */
export class ManageDirectoryHandler {
  constructor(readonly kind: DirectoryKind, private readonly parts: { readonly entries: EntryStore; readonly transactions: Transactions }) {}

  list(query: EntryQuery): Promise<readonly Current[]> {
    return this.parts.transactions.run((tx) => this.parts.entries.list(tx, this.kind, query));
  }

  async find(id: string, at: string | undefined): Promise<Current> {
    const { entries, transactions } = this.parts;
    const entry = await transactions.run((tx) => (at === undefined ? entries.find(tx, this.kind, id) : entries.findAt(tx, this.kind, id, at)));
    if (entry === null) throw this.unknown(id, at === undefined ? '' : ` at ${at}`);
    return entry;
  }

  /** Also of an entry that is deleted. */
  async history(id: string, page: { readonly before?: number | undefined; readonly limit: number }): Promise<readonly Revision[]> {
    const revisions = await this.parts.transactions.run((tx) => this.parts.entries.history(tx, this.kind, id, page));
    if (revisions.length === 0 && page.before === undefined) throw this.unknown(id);
    return revisions;
  }

  async put(id: string, body: unknown, { by, ...headers }: Author): Promise<Written> {
    const expected = this.expected(headers);
    const content = contentOf(this.kind, id, body);
    if ('problems' in content) {
      const { problems } = content;
      throw new Problem(422, 'invalid-content', `The ${this.kind} is not valid: ${problems.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ')}.`, { fields: problems });
    }
    return this.parts.transactions.run(async (tx) => {
      const entry = await this.parts.entries.put(tx, this.kind, content.entry, { expected, by });
      if (entry === null) throw this.conflict(id, await this.parts.entries.find(tx, this.kind, id));
      return { entry, isNew: expected === 'nothing' };
    });
  }

  async remove(id: string, { by, ...headers }: Author): Promise<void> {
    const expected = this.expected(headers);
    await this.parts.transactions.run(async (tx) => {
      if (await this.parts.entries.remove(tx, this.kind, id, { expected, by })) return;
      const current = await this.parts.entries.find(tx, this.kind, id);
      throw current === null ? this.unknown(id) : this.conflict(id, current);
    });
  }

  private expected(headers: Preconditions): Expected {
    const precondition = preconditionOf(headers);
    if ('expected' in precondition) return precondition.expected;
    const what = "Send 'If-None-Match: *' to create, or 'If-Match' with the ETag that you read, as \"3\", to change or delete.";
    if (precondition.refused === 'missing') throw new Problem(428, 'precondition-required', `A write says what it expects to find. ${what}`, { fields: [{ field: 'If-Match', detail: 'is needed' }] });
    throw new Problem(422, 'field-invalid', `The precondition cannot be read. ${what}`, { fields: [{ field: headers.ifMatch === undefined ? 'If-None-Match' : 'If-Match', detail: what }] });
  }

  private unknown(id: string, when = ''): Problem {
    return new Problem(404, 'entry-unknown', `The directory has no ${this.kind} '${id.slice(0, 64)}'${when}.`);
  }

  private conflict(id: string, current: Current | null): Problem {
    const found = current === null ? 'does not exist' : `is at revision ${current.revision}, changed by ${current.changedBy} at ${current.changedAt}`;
    return new Problem(412, 'revision-conflict', `The ${this.kind} '${id.slice(0, 64)}' ${found}. Read it again, and write upon what you find.`, { fields: [{ field: 'If-Match', detail: current === null ? "does not fit; to create it send 'If-None-Match: *'" : `is not "${current.revision}"` }] });
  }
}
