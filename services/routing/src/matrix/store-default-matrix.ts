import { DEFAULT_MATRIX } from '@handoff/matrix';
import { defaultCasesYaml, defaultMatrixYaml } from '@handoff/matrix-files';
import type { VersionPorts } from './manage-versions.handler.js';
import { SYSTEM_ACTOR } from './second-person.decision.js';

/** Where no version is active yet, the matrix that Handoff comes with becomes the first one. */
export async function storeDefaultMatrix({ store, transactions, clock }: VersionPorts): Promise<void> {
  const at = clock.now().toISOString();
  await transactions.run(async (tx) => {
    await store.lock(tx);
    if ((await store.active(tx)) !== null) return;
    const { version } = DEFAULT_MATRIX;
    await store.add(tx, { version, matrix: defaultMatrixYaml(), cases: defaultCasesYaml(), base: null, at, by: SYSTEM_ACTOR });
    await store.activate(tx, { version, replaced: null, at, by: SYSTEM_ACTOR });
  });
}
