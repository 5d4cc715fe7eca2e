import { useEffect, useEffectEvent, useState } from 'react';
import { asked, found, isDue, isUnasked, startingWith, wanted, written } from './search-text.decision.js';
import type { TicketFilter } from './ticket-filter.js';
import type { FilterChange } from './use-filter-change.js';

const SEARCH_AFTER_MS = 250;

export interface SearchField {
  readonly text: string;
  readonly write: (text: string) => void;
  /** Does not wait for the next letter any longer. */
  readonly searchNow: () => void;
  /** Whether the list at hand is not yet that of what is written. */
  readonly isDue: boolean;
}

/** The field for searching: it asks by a new address when the writer pauses, and shows what the address asks for. */
export function useSearchText(filter: TicketFilter, change: (change: FilterChange, options?: { readonly replace?: boolean }) => void): SearchField {
  const [known, setSearch] = useState(() => startingWith(filter.text ?? ''));
  const search = found(known, filter.text ?? '');
  if (search !== known) setSearch(search);
  const searchNow = (): void => {
    if (!isUnasked(search)) return;
    setSearch(asked(search));
    change({ text: wanted(search) || undefined }, { replace: filter.text !== undefined });
  };
  const afterPause = useEffectEvent(searchNow);
  useEffect(() => {
    const timer = setTimeout(afterPause, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [search.text]);
  return { text: search.text, write: (text) => setSearch(written(search, text)), searchNow, isDue: isDue(search) };
}
