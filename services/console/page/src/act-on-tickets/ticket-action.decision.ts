import type { Area } from '@handoff/contracts';
import type { ShownTicket } from '../api/server-types.js';

/** What a person can do to a ticket. */
export type TicketAction =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'reassign'; readonly to: string; readonly reason: string }
  | { readonly kind: 'attach'; readonly noticeId: string; readonly reason: string }
  | { readonly kind: 'detach'; readonly reason: string }
  | { readonly kind: 'classify'; readonly area: Area; readonly note?: string | undefined }
  | { readonly kind: 'resolve'; readonly note?: string | undefined };

export type ActionKind = TicketAction['kind'];
export const ACTION_KINDS = ['acknowledge', 'reassign', 'classify', 'attach', 'detach', 'resolve'] as const satisfies readonly ActionKind[];

/** The body of `POST /v1/tickets/{id}/{kind}`. Who does it, the server knows from the session. */
export function bodyOf({ kind: _kind, ...said }: TicketAction): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Whether it would change anything, as far as the list knows. */
export function canBeDone(kind: ActionKind, { state, attachedTo }: Pick<ShownTicket, 'state' | 'attachedTo'>): boolean {
  switch (kind) {
    case 'acknowledge': return state === 'waiting' || state === 'escalated';
    case 'reassign': return state !== 'closed' && state !== 'received';
    case 'attach': return state !== 'closed' && state !== 'received' && attachedTo === null;
    case 'detach': return state !== 'closed' && attachedTo !== null;
    case 'classify':
    case 'resolve': return state !== 'closed';
  }
}

/** What is offered for these tickets, whether it can be done now or not: detaching only where there is something to detach from, and attaching where there is not. */
export function offeredFor(tickets: readonly Pick<ShownTicket, 'attachedTo'>[]): readonly ActionKind[] {
  const isAnyAttached = tickets.some(({ attachedTo }) => attachedTo !== null);
  const isAnyFree = tickets.some(({ attachedTo }) => attachedTo === null);
  return ACTION_KINDS.filter((kind) => (kind === 'attach' ? isAnyFree : kind === 'detach' ? isAnyAttached : true));
}

/** The command that puts a ticket back as it was; `null` where there is none: what was told to a contact cannot be untold. */
export function undoOf(action: TicketAction, before: Pick<ShownTicket, 'queue' | 'area' | 'attachedTo'>, reason: string): TicketAction | null {
  switch (action.kind) {
    case 'reassign': {
      const to = takerOf(before.queue);
      return to === null ? null : { kind: 'reassign', to, reason };
    }
    case 'classify': return before.area === null || before.area === action.area ? null : { kind: 'classify', area: before.area, note: reason };
    case 'attach': return before.attachedTo === null ? { kind: 'detach', reason } : { kind: 'attach', noticeId: before.attachedTo, reason };
    case 'detach': return before.attachedTo === null ? null : { kind: 'attach', noticeId: before.attachedTo, reason };
    case 'acknowledge':
    case 'resolve': return null;
  }
}

/** Whom a queue belongs to, as a ticket can be given to them. */
export function takerOf(queue: string | null): string | null {
  if (queue === null) return null;
  if (queue.startsWith('partner/') || queue.startsWith('isv/')) return queue;
  return queue.startsWith('microsoft/') ? 'microsoft' : null;
}

/** Whom these tickets may be given to, by what their decisions name: those who have a part in all of them come first. */
export function takersOf(tickets: readonly Pick<ShownTicket, 'partners' | 'queue'>[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { partners } of tickets) for (const partner of partners) counts.set(partner, (counts.get(partner) ?? 0) + 1);
  const only = tickets.length === 1 ? tickets[0]?.queue : undefined;
  return [...[...counts].sort(([a, inA], [b, inB]) => inB - inA || a.localeCompare(b)).map(([partner]) => partner), 'microsoft'].filter((taker) => taker !== only);
}
