import type { Facts } from './facts.js';
import type { ContactKind } from './vocabulary.js';

/** A chain of contacts in the order that its parties prefer. It gains none by that, and engineering stays the last resort. */
export function preferredOrder(chain: readonly ContactKind[], { preferences }: Facts): readonly ContactKind[] {
  if (preferences === undefined || preferences.contactOrder.length === 0) return chain;
  const first = preferences.contactOrder.filter((kind) => kind !== 'engineering' && chain.includes(kind));
  return [...first, ...chain.filter((kind) => !first.includes(kind))];
}
