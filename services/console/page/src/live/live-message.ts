/** That a ticket changed, and between which queues. `null` as a queue: not decided yet. */
export interface TicketChange {
  readonly ticketId: string;
  /** Of the projection; a later change of a ticket has a greater one. */
  readonly seq: number;
  readonly fromQueue: string | null;
  readonly toQueue: string | null;
}

export type LiveStatus = 'connecting' | 'live' | 'interrupted' | 'signed-out';

/** What the connection tells a tab. */
export type LiveMessage =
  | { readonly kind: 'status'; readonly status: LiveStatus }
  | { readonly kind: 'heard'; readonly atMs: number }
  | { readonly kind: 'changes'; readonly changes: readonly TicketChange[] }
  /** More was missed than the server still has: read everything again. */
  | { readonly kind: 'resync' };
