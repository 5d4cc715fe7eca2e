import { type RefObject, useMemo } from 'react';
import { useSay } from '../words/words.js';
import { type Command, useCommands } from './commands.js';

/** `j` and `k` through the elements of a short list that have `data-row`; Enter is their own, as links have it. */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  const say = useSay();
  useCommands(useMemo((): readonly Command[] => {
    const step = (by: 1 | -1) => () => move(list.current, by);
    return [
      { id: 'row-down', group: 'list', title: say('keys.down'), keys: ['j'], isForKeysAlone: true, run: step(1) },
      { id: 'row-up', group: 'list', title: say('keys.up'), keys: ['k'], isForKeysAlone: true, run: step(-1) },
      { id: 'row-down-arrow', group: 'list', title: say('keys.down'), keys: ['ArrowDown'], isForKeysAlone: true, run: step(1) },
      { id: 'row-up-arrow', group: 'list', title: say('keys.up'), keys: ['ArrowUp'], isForKeysAlone: true, run: step(-1) },
    ];
  }, [list, say]));
}

function move(list: HTMLElement | null, by: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at === -1 ? rows[by === 1 ? 0 : rows.length - 1] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
