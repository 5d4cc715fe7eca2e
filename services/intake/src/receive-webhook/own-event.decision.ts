import { isOurs } from '@handoff/contracts';
import type { ReportedTicket } from '../adapters/adapter.js';

export interface OwnOrigin {
  /** Ids under which Handoff writes in the source's system. */
  readonly ownActors: readonly string[];
  /** Name of this installation, which its marks carry. */
  readonly installation: string;
}

/** Why an event is Handoff's own doing and must not be sent round again; `null`: it is not. */
export function ownEventReason({ actor, change, fields }: ReportedTicket, { ownActors, installation }: OwnOrigin): string | null {
  if (actor !== undefined && ownActors.includes(actor)) return `Handoff itself caused it, as '${actor}'.`;
  const texts = change === 'created' ? [fields.subject, fields.description, fields.comment?.body] : [fields.comment?.body];
  return texts.some((text) => typeof text === 'string' && isOurs(text, installation)) ? 'It carries the mark of a text that Handoff wrote there.' : null;
}

/** Whether a ticket is a copy that Handoff made of another one, whoever changes it: its text carries our mark, or its source has nothing else. */
export function isCopy({ fields: { subject, description } }: Pick<ReportedTicket, 'fields'>, { copiesOnly, installation }: { readonly copiesOnly: boolean; readonly installation: string }): boolean {
  return copiesOnly || [subject, description].some((text) => typeof text === 'string' && isOurs(text, installation));
}
