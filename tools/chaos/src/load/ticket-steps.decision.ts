import type { Dice } from '../dice.js';

export const CHANGES = ['created', 'updated', 'commented', 'closed'] as const;
export type Change = (typeof CHANGES)[number];

/** The demo sources, each of which posts in a format and by a scheme of its own. */
export const SOURCES = ['jira-demo', 'zendesk-demo', 'webhooks-demo'] as const;
export type SourceName = (typeof SOURCES)[number];

/** What is said of a ticket one after the other. */
export interface TicketSteps {
  readonly source: SourceName;
  readonly externalId: string;
  readonly area: string;
  readonly changes: readonly Change[];
}

/** With each of them somebody else has to act, or to be told. */
const AREAS = ['break-fix', 'user-support', 'payment', 'customer-billing', 'subscription-management', 'account-setup'] as const;
const LATER: readonly Change[] = ['updated', 'updated', 'commented'];

export function stepsOf(number: number, dice: Dice): TicketSteps {
  const later = Array.from({ length: dice.between(0, 5) }, () => dice.pick(LATER));
  return {
    // Zendesk's are numbers.
    source: dice.pick(SOURCES), externalId: String(1_000_000 + number), area: dice.pick(AREAS),
    changes: ['created', ...later, ...(dice.between(1, 3) === 1 ? (['closed'] as const) : [])],
  };
}
