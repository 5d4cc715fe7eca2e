import { isOurs } from '@handoff/contracts';
import type { ReportedTicket } from '../adapters/adapter.js';

export interface OwnOrigin {
  /** Ids under which Handoff writes in the source's system. */
  readonly ownActors: readonly string[];
  /** Name of this installation, which its marks carry. */
  readonly installation: string;
}

/**
 * Why an event is Handoff's own doing and must not be sent round again; `null`: it is not. A ticket whose text carries our mark
 * is a copy that we made of another one, whoever changes it.
 */
export function ownEventReason({ actor, fields }: ReportedTicket, { ownActors, installation }: OwnOrigin): string | null {
  if (actor !== undefined && ownActors.includes(actor)) return `Handoff itself caused it, as '${actor}'.`;
  const texts = [fields.subject, fields.description, fields.comment?.body];
  return texts.some((text) => typeof text === 'string' && isOurs(text, installation)) ? 'It carries the mark of a text that Handoff wrote there.' : null;
}
