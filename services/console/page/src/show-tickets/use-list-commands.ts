import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useEffect, useMemo } from 'react';
import type { Outcome } from '../act-on-tickets/act.js';
import { begin } from '../act-on-tickets/action-dialogs.js';
import { type ActionKind, offeredFor } from '../act-on-tickets/ticket-action.decision.js';
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

/** Keys for a list that is not here yet: they wait for it, so that whoever knows the way need not. */
export interface EarlyKeys {
  /** Commands by their ids, in the order in which their keys were pressed. */
  readonly early: readonly string[];
  readonly setEarly: (change: (before: readonly string[]) => readonly string[]) => void;
}

const EARLY_KEYS_MAX = 20;
const NO_TICKETS: readonly ShownTicket[] = [];

export const ACTION_KEYS: Readonly<Record<ActionKind, string>> = { acknowledge: 'a', reassign: 'm', classify: 'l', attach: 'b', detach: 'B', resolve: 'e' };

/** Everything that a hand on the keyboard does to the list. */
export function useListCommands(hand: ListHand, keys: EarlyKeys & { readonly isAwaited: boolean }): void {
  const say = useSay();
  const { list, selected, setSelected, meant, settled, renew, search } = hand;
  useRowCommands(hand, keys);
  useCommands(useMemo((): readonly Command[] => {
    const order = list?.order ?? [];
    return [
      { id: 'search', group: 'list', title: say('tickets.search'), keys: ['/'], isForKeysAlone: true, run: () => search.current?.focus() },
      { id: 'renew', group: 'list', title: say('tickets.renew'), keys: ['.'], run: renew },
      { id: 'select-all', group: 'list', title: say('tickets.selectAll', { count: order.length }), keys: [], run: () => setSelected(() => new Set(order)) },
      ...(selected.size > 0 ? [{ id: 'clear', group: 'list' as const, title: say('tickets.clearSelection'), keys: ['Escape'], run: () => setSelected(() => new Set()) }] : []),
    ];
  }, [list, selected, setSelected, renew, search, say]));
  useActionCommands(keys.isAwaited ? NO_TICKETS : meant, settled);
}

/** Keys that go from row to row, select and open. Those that come before their list are kept, and done in it. */
function useRowCommands({ list, focusedId, setFocusedId, setSelected }: ListHand, { isAwaited, early, setEarly }: EarlyKeys & { readonly isAwaited: boolean }): void {
  const say = useSay();
  const navigate = useNavigate();
  const commands = useMemo((): readonly Command[] => {
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
    ];
  }, [list, focusedId, setFocusedId, setSelected, navigate, say]);
  const keeping = useMemo(() => commands.map((command) => ({ ...command, run: () => setEarly((before) => [...before, command.id].slice(0, EARLY_KEYS_MAX)) })), [commands, setEarly]);
  useCommands(isAwaited ? keeping : commands);
  useEffect(() => {
    const [first, ...rest] = early;
    if (isAwaited || first === undefined) return;
    // One at a time: each begins where the one before has led.
    setEarly(() => rest);
    commands.find(({ id }) => id === first)?.run();
  }, [commands, isAwaited, early, setEarly]);
}

/** What can be done to these tickets. */
export function useActionCommands(tickets: readonly ShownTicket[], settled: (outcome: Outcome) => void): void {
  const say = useSay();
  useCommands(useMemo((): readonly Command[] => (tickets.length === 0 ? [] : offeredFor(tickets).map((kind) => ({
    id: kind, group: 'ticket', title: tickets.length === 1 ? say(`act.${kind}`) : say('tickets.actOnMany', { action: say(`act.${kind}`), count: tickets.length }), keys: [ACTION_KEYS[kind]], run: () => begin(kind, tickets, settled),
  }))), [tickets, settled, say]));
}

export function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
