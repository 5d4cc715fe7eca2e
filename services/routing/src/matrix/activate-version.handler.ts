import type { Transaction } from '@handoff/messaging';
import { type ActivationRequest, decideActivation, decideDueActivation, decideRollback } from './activation.decision.js';
import type { VersionPorts } from './manage-versions.handler.js';
import { activationRefused, matrixInvalid, revisionStale, secondPersonNeeded, versionUnknown } from './matrix.problems.js';
import { readMatrix } from './matrix-text.decision.js';
import type { MatrixVersion } from './matrix-version.js';
import { secondPersonMissing, type SecondPersonRule } from './second-person.decision.js';

/** A version whose time had come and which did not become active. */
export interface NotActivated {
  readonly version: string;
  readonly reason: string;
}

const SCHEDULE = 'schedule';

/** Changes which version is active: one change at a time, each for whoever knows what it changes. */
export class ActivateVersionHandler {
  /** @param secondPerson who may make a version active; a rollback is for everybody. */
  constructor(private readonly ports: VersionPorts, readonly secondPerson: SecondPersonRule) {}

  /** Now, or at a later time. @throws Problem where it may not. */
  activate(name: string, request: ActivationRequest, by: string): Promise<MatrixVersion> {
    return this.alone(async (tx) => {
      const { store } = this.ports;
      const version = await this.known(tx, name);
      const now = this.now();
      const active = (await this.active(tx)).version;
      const decision = decideActivation({ version, active, request, now });
      if (decision.kind === 'refused') throw activationRefused(decision);
      const missing = secondPersonMissing(version, by, this.secondPerson);
      if (missing !== null) throw secondPersonNeeded(missing);
      refuseUnusable(version);
      if (decision.kind === 'now') {
        await store.activate(tx, { version: name, replaced: active, at: now, by });
        return this.known(tx, name);
      }
      const { at: activatesAt, base } = decision;
      const changed = await store.change(tx, { version: name, revision: version.revision }, { activatesAt, base, note: null }, now);
      if (changed === null) throw revisionStale(name, version.revision + 1);
      return changed;
    });
  }

  /** Takes back a later activation; without one, changes nothing. */
  unschedule(name: string): Promise<MatrixVersion> {
    return this.alone(async (tx) => {
      const version = await this.known(tx, name);
      if (version.activatesAt === null) return version;
      return (await this.ports.store.change(tx, version, { activatesAt: null }, this.now())) ?? version;
    });
  }

  /** Makes the version active that the active one replaced. */
  async rollback(expectedActive: string | null, by: string): Promise<MatrixVersion> {
    // Of two people who roll back at once, the second must not go back a step further.
    const seen = expectedActive ?? (await this.ports.transactions.run((tx) => this.active(tx))).version;
    return this.alone(async (tx) => {
      const decision = decideRollback({ active: await this.active(tx), expectedActive: seen });
      if (decision.kind === 'refused') throw activationRefused(decision);
      const former = await this.known(tx, decision.to);
      refuseUnusable(former);
      await this.ports.store.activate(tx, { version: former.version, replaced: former.replaced, at: this.now(), by });
      return this.known(tx, former.version);
    });
  }

  /** Makes those versions active whose time has come. Answers those that could not be. */
  async activateDue(): Promise<readonly NotActivated[]> {
    const { store, transactions } = this.ports;
    const isDue = await transactions.run(async (tx) => (await store.due(tx, this.now())).length > 0);
    if (!isDue) return [];
    return this.alone(async (tx) => {
      const due = await store.due(tx, this.now());
      const missed: NotActivated[] = [];
      for (const name of due) missed.push(...(await this.activateOneDue(tx, name)));
      return missed;
    });
  }

  private async activateOneDue(tx: Transaction, name: string): Promise<readonly NotActivated[]> {
    const { store } = this.ports;
    const version = await this.known(tx, name);
    const active = (await this.active(tx)).version;
    const decision = decideDueActivation({ version, active });
    const reason = decision.kind === 'refused' ? decision.detail : unusable(version);
    if (reason === null) {
      await store.activate(tx, { version: name, replaced: active, at: this.now(), by: SCHEDULE });
      return [];
    }
    await store.change(tx, version, { activatesAt: null, note: `It was to become active at ${version.activatesAt ?? ''}, and did not. ${reason}` }, this.now());
    return [{ version: name, reason }];
  }

  private alone<R>(work: (tx: Transaction) => Promise<R>): Promise<R> {
    return this.ports.transactions.run(async (tx) => {
      await this.ports.store.lock(tx);
      return work(tx);
    });
  }

  private async active(tx: Transaction): Promise<MatrixVersion> {
    const active = await this.ports.store.active(tx);
    return this.known(tx, active?.version ?? '');
  }

  private async known(tx: Transaction, version: string): Promise<MatrixVersion> {
    const found = await this.ports.store.find(tx, version);
    if (found === null) throw versionUnknown(version);
    return found;
  }

  private now(): string {
    return this.ports.clock.now().toISOString();
  }
}

/** It did compile when it was tested, but this may be another version of Handoff. */
function refuseUnusable({ matrix: text, version }: MatrixVersion): void {
  const { matrix, findings } = readMatrix(text, version);
  if (matrix === null) throw matrixInvalid(findings);
}

function unusable({ matrix: text, version }: MatrixVersion): string | null {
  const { matrix, findings } = readMatrix(text, version);
  return matrix === null ? `It cannot be used: ${findings.map(({ message }) => message).join(' ')}` : null;
}
