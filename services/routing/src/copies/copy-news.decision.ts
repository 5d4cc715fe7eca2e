import type { AttachmentLink, TicketReceived } from '@handoff/contracts';
import type { Response } from '../acknowledge/response.js';

/** What an event of a copy says about the ticket that it stands for. */
export interface CopyNews {
  /** What its contact wrote for others to read. */
  readonly comment: { readonly author: string | null; readonly body: string; readonly attachments: readonly AttachmentLink[] } | null;
  /** Somebody there works on it. */
  readonly isAccepted: boolean;
  readonly isDone: boolean;
}

/**
 * Statuses that a ticket only has once somebody works on it, as each system names them when it is new. What a system gives a ticket
 * that was just opened, as `Open` in Freshdesk or `In Progress` in Dynamics 365, says nothing.
 */
const ACCEPTED: Readonly<Record<string, RegExp>> = {
  zendesk: /^(open|pending|(on[- ]?)?hold)$/i,
  zammad: /^(open|pending (reminder|close))$/i,
  freshdesk: /^(pending|waiting on (customer|third party))$/i,
  'dynamics-365': /^(on hold|waiting for details|researching)$/i,
  salesforce: /^(working|in progress|on hold)$/i,
};
const ACCEPTED_ELSEWHERE = /^(accepted|acknowledged|assigned|in progress|work in progress|on hold|pending|waiting (customer|for customer|for support response)|with user)$/i;

/** A comment that is not public is for those who work there alone. */
export function newsOfCopy({ change, ticket: { status, comment, attachments = [] } }: Pick<TicketReceived, 'change' | 'ticket'>, system: string): CopyNews {
  const isDone = change === 'closed';
  return {
    comment: comment?.isPublic === true && comment.body.trim() !== '' ? { author: comment.author, body: comment.body, attachments } : null,
    isAccepted: !isDone && typeof status === 'string' && (ACCEPTED[system] ?? ACCEPTED_ELSEWHERE).test(status.trim()),
    isDone,
  };
}

/** Whether the ticket is with this party now: a copy that was closed because it went to others says nothing about it. */
export function isWith(response: Response | undefined, destination: string): boolean {
  return response !== undefined && [...response.asked, ...response.steps.flatMap(({ destinations }) => destinations)].includes(destination);
}
