import type { Party, Reason } from '@handoff/contracts';
import { textIn } from '@handoff/matrix';

/** How a provider and its reseller split the work between them is theirs alone. */
const BETWEEN_PARTNERS: ReadonlySet<string> = new Set([
  'agreement-entry', 'shared-by-agreement', 'no-agreement-in-force', 'support-contact-designated', 'provider-by-default', 'no-reseller-known',
]);

/** Reasons that name a person of operations. */
const BY_PERSON: ReadonlySet<string> = new Set(['classified-by-person', 'reassigned-by-person', 'attached-by-person', 'detached-by-person']);

const CSP_PARTNERS: ReadonlySet<string> = new Set(['direct-bill-partner', 'indirect-provider', 'indirect-reseller']);

/**
 * The reasons of a decision as far as this party may read them: who is no partner nothing of what partners agreed, and nobody who of operations
 * classified, moved or attached the ticket. `null` is operations itself, which reads all.
 */
export function shownReasons(reasons: readonly Reason[], reader: Pick<Party, 'role'> | null): readonly Reason[] {
  if (reader === null) return reasons;
  return reasons.filter(({ code }) => CSP_PARTNERS.has(reader.role) || !BETWEEN_PARTNERS.has(code)).flatMap((reason) => (BY_PERSON.has(reason.code) ? unnamed(reason) : [reason]));
}

function unnamed({ code, source, params }: Reason): readonly Reason[] {
  const { by: _by, ...parts } = params ?? {};
  // Told without its parts, as it once was, it cannot be told without the name.
  if (parts['at'] === undefined) return [];
  const said = { message: `${code}.unnamed`, params: parts };
  return [{ code, source, ...said, text: textIn({ text: '', ...said }, 'en') }];
}
