import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type ReactNode } from 'react';
import { writesText } from '../commands/commands.js';
import { Button, Unseen } from '../design/parts.js';
import { sentenceOf } from '../design/states.js';
import { useSay } from '../words/words.js';
import type { TicketFilter } from './ticket-filter.js';
import type { TicketList } from './ticket-list.decision.js';
import { TicketRow } from './ticket-row.js';
import styles from './tickets.module.css';
import { toggled } from './use-list-commands.js';
import type { LiveTicketList } from './use-ticket-list.js';

const ROW_HEIGHT_PX = 38;
const OVERSCAN_ROWS = 12;
/** So near to the end the next page is asked for. */
const LOAD_AHEAD_ROWS = 40;
/** Where each list was left, for coming back. */
const leftAt = new Map<string, { readonly scrollTop: number; readonly focusedId: string | null }>();

export interface TicketGridProps {
  readonly filter: TicketFilter;
  readonly list: TicketList;
  readonly live: LiveTicketList;
  readonly focusedId: string | null;
  readonly setFocusedId: (id: string) => void;
  readonly selected: ReadonlySet<string>;
  readonly setSelected: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void;
  /** Why an action failed, by ticket. */
  readonly failures: ReadonlyMap<string, string>;
  readonly renew: () => void;
  readonly ref: Ref<HTMLDivElement>;
}

export function TicketGrid({ filter, list, live, focusedId, setFocusedId, selected, setSelected, failures, renew, ref }: TicketGridProps): ReactNode {
  const say = useSay();
  const scroll = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => scroll.current as HTMLDivElement);
  const { order, rows, left } = list;
  const focusedIndex = focusedId === null ? -1 : order.indexOf(focusedId);
  const virtual = useVirtualizer({
    count: order.length, getScrollElement: () => scroll.current, estimateSize: () => ROW_HEIGHT_PX, overscan: OVERSCAN_ROWS, getItemKey: (index) => order[index] ?? index,
    // The row in focus is always there, wherever the list is scrolled to.
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), focusedIndex), [focusedIndex]),
  });
  useComingBack(scroll, JSON.stringify(filter), focusedId, setFocusedId);
  useFocusOnRow(scroll, virtual.scrollToIndex, focusedIndex, focusedId);
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => { if (lastIndex >= order.length - LOAD_AHEAD_ROWS) live.loadMore(); }, [lastIndex, order.length, live]);
  useQuietRenewal(scroll, { hasArrived: list.arrived.length > 0, isBusy: focusedId !== null || selected.size > 0, renew });
  const select = useCallback((id: string) => setSelected((before) => toggled(before, id)), [setSelected]);
  return (
    <div ref={scroll} className={styles.scroll}>
      <div className={styles.grid} role="grid" aria-label={say('nav.tickets')} aria-rowcount={list.next === null ? order.length + 1 : -1} aria-multiselectable tabIndex={focusedIndex === -1 ? 0 : -1} onFocus={(event) => { if (event.target === event.currentTarget && order[0] !== undefined) setFocusedId(order[0]); }}>
        <GridHead />
        <div role="rowgroup" className={styles.rows} style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const ticket = rows[order[index] ?? ''];
            if (ticket === undefined) return null;
            const { ticketId } = ticket;
            return <TicketRow key={ticketId} ticket={ticket} left={left[ticketId]} index={index} startPx={start} isFocused={index === focusedIndex} isSelected={selected.has(ticketId)} failure={failures.get(ticketId)} onFocus={setFocusedId} onSelect={select} hasQueue={filter.queue === undefined} />;
          })}
        </div>
      </div>
      {live.moreError !== null && <p className={styles.end} role="alert">{say('tickets.moreFailed', { problem: sentenceOf(live.moreError) })} <Button onClick={() => live.loadMore('again')}>{say('state.retry')}</Button></p>}
      <p className={styles.end} role="status">{live.isLoadingMore ? say('state.loading') : list.next === null ? say('tickets.end') : ''}</p>
    </div>
  );
}

const COLUMNS = ['severity', 'subject', 'queue', 'state', 'due', 'customer', 'changed'] as const;

function GridHead(): ReactNode {
  const say = useSay();
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.columns}>
        <span role="columnheader"><Unseen>{say('tickets.select')}</Unseen></span>
        {COLUMNS.map((column) => <span key={column} role="columnheader" className={styles[column]}>{say(`tickets.column.${column}`)}</span>)}
      </div>
    </div>
  );
}

function withIndex(indexes: number[], index: number): number[] {
  return index === -1 || indexes.includes(index) ? indexes : [...indexes, index].sort((a, b) => a - b);
}

/** The focus follows the row by its id, as soon as the row is there. While somebody writes in a field it stays there. */
function useFocusOnRow(scroll: { readonly current: HTMLDivElement | null }, scrollToIndex: (index: number, options: { align: 'auto' }) => void, index: number, id: string | null): void {
  const shown = useRef(id);
  useLayoutEffect(() => {
    if (id === null || id === shown.current) return;
    const row = scroll.current?.querySelector<HTMLElement>(`[data-ticket="${CSS.escape(id)}"]`);
    if (row == null) return;
    shown.current = id;
    scrollToIndex(index, { align: 'auto' });
    if (!writesText(document.activeElement)) row.focus({ preventScroll: true });
  });
}

function useComingBack(scroll: { readonly current: HTMLDivElement | null }, key: string, focusedId: string | null, setFocusedId: (id: string) => void): void {
  const focused = useRef(focusedId);
  useEffect(() => { focused.current = focusedId; }, [focusedId]);
  useLayoutEffect(() => {
    const element = scroll.current;
    const place = leftAt.get(key);
    if (element !== null && place !== undefined) {
      element.scrollTop = place.scrollTop;
      if (place.focusedId !== null) setFocusedId(place.focusedId);
    }
    return () => { leftAt.set(key, { scrollTop: element?.scrollTop ?? 0, focusedId: focused.current }); };
  }, [scroll, key, setFocusedId]);
}

/** Where nobody has a hand on the list and it is at its top, what arrives comes in by itself. */
function useQuietRenewal(scroll: { readonly current: HTMLDivElement | null }, { hasArrived, isBusy, renew }: { readonly hasArrived: boolean; readonly isBusy: boolean; readonly renew: () => void }): void {
  useEffect(() => {
    const element = scroll.current;
    if (!hasArrived || isBusy || element === null) return;
    if (element.scrollTop === 0 && !element.matches(':hover, :focus-within')) renew();
  }, [scroll, hasArrived, isBusy, renew]);
}
