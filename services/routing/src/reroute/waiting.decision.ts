import type { GapKind } from '@handoff/contracts';
import type { Ticket } from '../tickets/ticket.js';

/** An entry of the directory that a ticket waits for. */
export interface Awaited {
  readonly kind: Exclude<GapKind, 'ticket'>;
  readonly key: string;
  /** The directory had the entry already, and it lacked something. */
  readonly wasKnown: boolean;
}

/** Gaps that close when the entry is there at all. */
const ABSENT: ReadonlySet<string> = new Set(['offer-unknown', 'customer-unknown', 'subscription-unknown', 'publisher-unknown', 'partner-unknown']);

/** What a ticket waits for: nothing once it is closed, and nothing where only the ticket itself could say more. */
export function awaitedBy({ state, decision }: Pick<Ticket, 'state' | 'decision'>): Awaited[] {
  if (state.isClosed) return [];
  const awaited = new Map<string, Awaited>();
  for (const { kind, key, code } of decision.gaps ?? []) {
    if (kind === 'ticket') continue;
    const name = `${kind} ${key}`;
    awaited.set(name, { kind, key, wasKnown: !ABSENT.has(code) && (awaited.get(name)?.wasKnown ?? true) });
  }
  return [...awaited.values()];
}
