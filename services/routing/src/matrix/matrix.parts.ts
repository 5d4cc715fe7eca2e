import type { Transactions } from '@handoff/messaging';
import { StartupError, type Clock } from '@handoff/platform';
import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DirectoryStore } from '../directory/directory.store.js';
import { ActivateVersionHandler } from './activate-version.handler.js';
import { ActiveMatrix, UnusableMatrix } from './active-matrix.js';
import { CompareVersionsHandler } from './compare-versions.handler.js';
import { ManageVersionsHandler } from './manage-versions.handler.js';
import type { MatrixStore } from './matrix.store.js';
import { MatrixWatch } from './matrix-watch.js';
import type { PastTickets } from './past-tickets.store.js';
import type { SecondPersonRule } from './second-person.decision.js';
import { storeDefaultMatrix } from './store-default-matrix.js';

/** Two looks fit into the two seconds within which a version that became active is used everywhere. */
const WATCH_EVERY_MS = 750;

export interface MatrixPorts {
  readonly store: MatrixStore;
  readonly pastTickets: PastTickets;
  readonly directory: DirectoryStore;
  readonly transactions: Transactions;
  readonly clock: Clock;
  /** Who may make a version active. */
  readonly secondPerson: SecondPersonRule;
  readonly log: Pick<Logger, 'info' | 'error' | 'warn'>;
  /** This process cannot go on: it would decide by an older version than others. */
  readonly onUnusable: (reason: string) => void;
}

export interface MatrixParts {
  readonly active: ActiveMatrix;
  readonly providers: readonly Provider[];
  close(): Promise<void>;
}

/** The versions of the matrix, and the one that is active. @throws StartupError where that one cannot be used. */
export async function openMatrix(ports: MatrixPorts): Promise<MatrixParts> {
  await storeDefaultMatrix(ports);
  const active = await ActiveMatrix.open(ports).catch((error: unknown) => {
    throw error instanceof UnusableMatrix ? new StartupError(error.message) : error;
  });
  const activation = new ActivateVersionHandler(ports, ports.secondPerson);
  const watch = watchFor(ports, active, activation);
  watch.start();
  return {
    active,
    providers: [
      { provide: ManageVersionsHandler, useValue: new ManageVersionsHandler(ports) },
      { provide: ActivateVersionHandler, useValue: activation },
      { provide: CompareVersionsHandler, useValue: new CompareVersionsHandler({ ...ports, active: () => active.refresh() }) },
    ],
    close: () => watch.close(),
  };
}

function watchFor({ log, onUnusable }: MatrixPorts, active: ActiveMatrix, activation: ActivateVersionHandler): MatrixWatch {
  return new MatrixWatch({
    everyMs: WATCH_EVERY_MS,
    activateDue: () => activation.activateDue(),
    refresh: async () => {
      const former = active.current().version;
      const { version } = await active.refresh();
      if (version !== former) log.info({ version, former }, 'Tickets are decided by another version of the matrix now.');
    },
    onNotActivated: (missed) => log.error(missed, 'A version of the matrix was to become active, and did not.'),
    onError: (error) => {
      if (error instanceof UnusableMatrix) onUnusable(error.message);
      else log.warn({ err: error }, 'The active version of the matrix cannot be looked up now; it is looked for again.');
    },
  });
}
