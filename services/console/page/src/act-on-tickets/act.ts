import { callForAnswer } from '../api/call.js';
import type { ShownTicket } from '../api/server-types.js';
import { sentenceOf } from '../design/states.js';
import { tell } from '../shell/toasts.js';
import { sayNow } from '../words/words.js';
import { type ActionKind, bodyOf, type TicketAction, undoOf } from './ticket-action.decision.js';

/** Calls at once: enough to be quick, few enough to leave the rest of the page its connections. */
const AT_ONCE_MAX = 3;

export interface Outcome {
  readonly done: readonly string[];
  /** Why, by ticket. */
  readonly failed: ReadonlyMap<string, string>;
}

interface Step {
  readonly ticketId: string;
  readonly action: TicketAction;
  /** The version that the viewer acts on, where it matters. */
  readonly ifMatch?: string | undefined;
}

let lastUndo: (() => void) | null = null;

/** Takes back what was done last, if that can be. */
export function undoLast(): void {
  if (lastUndo === null) return tell({ title: sayNow('act.nothingToUndo') });
  const undo = lastUndo;
  lastUndo = null;
  undo();
}

/** Does it to each of the tickets, tells what came of it, and remembers how to take it back. */
export async function act(action: TicketAction, tickets: readonly ShownTicket[], onProgress: (done: number) => void = () => undefined): Promise<Outcome> {
  const { outcome, etags } = await runAll(tickets.map(({ ticketId }) => ({ ticketId, action })), onProgress);
  const steps = tickets.flatMap((ticket): Step[] => {
    const undo = outcome.failed.has(ticket.ticketId) ? null : undoOf(action, ticket, sayNow('act.undone'));
    return undo === null ? [] : [{ ticketId: ticket.ticketId, action: undo, ifMatch: etags.get(ticket.ticketId) }];
  });
  lastUndo = steps.length === 0 ? null : () => void undo(steps);
  report(action.kind, outcome, steps.length > 0);
  return outcome;
}

async function undo(steps: readonly Step[]): Promise<void> {
  const { outcome } = await runAll(steps, () => undefined);
  const first = [...outcome.failed.values()][0];
  if (first === undefined) tell({ title: sayNow('act.undoneAll', { done: outcome.done.length }) });
  else tell({ title: sayNow('act.undoneSome', { done: outcome.done.length, all: steps.length }), text: first, tone: 'bad' });
}

function report(kind: ActionKind, { done, failed }: Outcome, canUndo: boolean): void {
  const action = canUndo ? { label: sayNow('act.undo'), run: undoLast } : undefined;
  const first = [...failed.values()][0];
  if (first === undefined) return tell({ title: sayNow(`act.${kind}.done`, { done: done.length }), action });
  tell({ title: sayNow('act.some', { done: done.length, all: done.length + failed.size }), text: first, tone: 'bad', action });
}

async function runAll(steps: readonly Step[], onProgress: (done: number) => void): Promise<{ readonly outcome: Outcome; readonly etags: ReadonlyMap<string, string> }> {
  const waiting = [...steps];
  const done: string[] = [];
  const failed = new Map<string, string>();
  const etags = new Map<string, string>();
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      try {
        const etag = await perform(step);
        if (etag !== null) etags.set(step.ticketId, etag);
        done.push(step.ticketId);
      } catch (error) {
        failed.set(step.ticketId, sentenceOf(error));
      }
      onProgress(done.length + failed.size);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE_MAX, steps.length) }, work));
  return { outcome: { done, failed }, etags };
}

async function perform({ ticketId, action, ifMatch }: Step): Promise<string | null> {
  const { headers } = await callForAnswer(`/api/routing/v1/tickets/${ticketId}/${action.kind}`, { method: 'POST', body: bodyOf(action), headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
  return headers.get('etag');
}
