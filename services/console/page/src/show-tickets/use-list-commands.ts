import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useMemo } from 'react';
import type { Outcome } from '../act-on-tickets/act.js';
import { begin } from '../act-on-tickets/action-dialogs.js';
import { ACTION_KINDS, type ActionKind } from '../act-on-tickets/ticket-action.decision.js';
import type { ShownTicket } from '../api/server-types.js';
import { type Command, useCommands } from '../commands/commands.js';
import { useSay } from '../words/words.js';
import type { TicketList } from './ticket-list.decision.js';

export interface ListHand {
  readonly list: TicketList | undefined;
  readonly focusedId: string | null;
  readonly setFocusedId: (id: string) => void;
  readonly selected: ReadonlySet<string>;
  readonly setSelected: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void;
  /** What an action is for: what is selected, else the row in focus. */
  readonly meant: readonly ShownTicket[];
  readonly settled: (outcome: Outcome) => void;
  readonly renew: () => void;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
}

export const ACTION_KEYS: Readonly<Record<ActionKind, string>> = { acknowledge: 'a', reassign: 'm', classify: 'l', resolve: 'e' };

/** Everything that a hand on the keyboard does to the list. */
export function useListCommands(hand: ListHand): void {
  const say = useSay();
  const navigate = useNavigate();
  const { list, focusedId, setFocusedId, selected, setSelected, meant, settled, renew, search } = hand;
  useCommands(useMemo((): readonly Command[] => {
    const order = list?.order ?? [];
    const at = focusedId === null ? -1 : order.indexOf(focusedId);
    const moveTo = (index: number): string | undefined => {
      const id = order[Math.min(order.length - 1, Math.max(0, index))];
      if (id !== undefined) setFocusedId(id);
      return id;
    };
    const extend = (index: number) => (): void => {
      const ids = [focusedId, moveTo(index)].filter((id) => id != null);
      setSelected((before) => new Set([...before, ...ids]));
    };
    const keysAlone = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({ id, group: 'list', title, keys, isForKeysAlone: true, run });
    return [
      keysAlone('down', say('keys.down'), ['j'], () => moveTo(at + 1)), keysAlone('up', say('keys.up'), ['k'], () => moveTo(at - 1)),
      keysAlone('down-arrow', say('keys.down'), ['ArrowDown'], () => moveTo(at + 1)), keysAlone('up-arrow', say('keys.up'), ['ArrowUp'], () => moveTo(at - 1)),
      keysAlone('extend-down', say('tickets.extendDown'), ['J'], extend(at + 1)), keysAlone('extend-up', say('tickets.extendUp'), ['K'], extend(at - 1)),
      keysAlone('first', say('tickets.first'), ['Home'], () => moveTo(0)), keysAlone('last', say('tickets.last'), ['End'], () => moveTo(order.length - 1)),
      keysAlone('select', say('tickets.select'), ['x'], () => { if (focusedId !== null) setSelected((before) => toggled(before, focusedId)); }),
      keysAlone('open', say('tickets.open'), ['Enter'], () => { if (focusedId !== null) void navigate({ to: '/tickets/$ticketId', params: { ticketId: focusedId } }); }),
      keysAlone('search', say('tickets.search'), ['/'], () => search.current?.focus()),
      { id: 'renew', group: 'list', title: say('tickets.renew'), keys: ['.'], run: renew },
      { id: 'select-all', group: 'list', title: say('tickets.selectAll', { count: order.length }), keys: [], run: () => setSelected(() => new Set(order)) },
      ...(selected.size > 0 ? [{ id: 'clear', group: 'list' as const, title: say('tickets.clearSelection'), keys: ['Escape'], run: () => setSelected(() => new Set()) }] : []),
    ];
  }, [list, focusedId, selected, setFocusedId, setSelected, renew, search, navigate, say]));
  useActionCommands(meant, settled);
}

/** What can be done to these tickets. */
export function useActionCommands(tickets: readonly ShownTicket[], settled: (outcome: Outcome) => void): void {
  const say = useSay();
  useCommands(useMemo((): readonly Command[] => (tickets.length === 0 ? [] : ACTION_KINDS.map((kind) => ({
    id: kind, group: 'ticket', title: tickets.length === 1 ? say(`act.${kind}`) : say('tickets.actOnMany', { action: say(`act.${kind}`), count: tickets.length }), keys: [ACTION_KEYS[kind]], run: () => begin(kind, tickets, settled),
  }))), [tickets, settled, say]));
}

export function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
