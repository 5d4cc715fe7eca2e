import { problemsOf } from '@handoff/contracts';
import type { FieldProblem } from '../problem.js';

/**
 * Why the data that a person wrote cannot take the place of an event's data; empty when they can.
 * `type` is the event's, `ticketId` its key: an event that would move to another ticket would lose its place in the order.
 */
export function editProblems(value: object, { type, ticketId }: { readonly type: string | null; readonly ticketId: string | null }): readonly FieldProblem[] {
  const problems = type === null ? null : problemsOf(type, value);
  if (problems === null) return [{ field: '/value', detail: 'the record names no event type that is known, so no value of it can be handled; discard it' }];
  const ofTicket = (value as { ticketId?: unknown }).ticketId;
  return [
    ...problems.map((detail) => ({ field: '/value', detail })),
    ...(ofTicket === undefined || ofTicket === ticketId ? [] : [{ field: '/value/ticketId', detail: 'must stay that of the event' }]),
  ];
}
