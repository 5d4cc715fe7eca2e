import { Select } from '@base-ui/react/select';
import type { KeyboardEvent, RefObject, ReactNode } from 'react';
import { Icon } from '../design/icon.js';
import { Button, classes, Keys, parts } from '../design/parts.js';
import { useQueues } from '../show-queues/queues.js';
import { useSay } from '../words/words.js';
import { SEVERITIES, SORTS, STATES, type TicketFilter } from './ticket-filter.js';
import styles from './tickets.module.css';
import type { FilterChange } from './use-filter-change.js';
import type { SearchField } from './use-search-text.js';

export interface FilterBarProps {
  readonly filter: TicketFilter;
  readonly change: (change: FilterChange) => void;
  readonly field: SearchField;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** What narrows and orders the list. Every change is a new address, so that Back takes it back; writing a word is one change. */
export function FilterBar({ filter, change, field, search }: FilterBarProps): ReactNode {
  const say = useSay();
  const { data } = useQueues();
  const queues = [...new Set([...(data?.items ?? []).map(({ queue }) => queue ?? ''), ...(filter.queue === undefined ? [] : [filter.queue])])];
  return (
    <div className={styles.filters} role="search">
      <SearchInput field={field} search={search} />
      <Choice label={say('queues.queue')} value={filter.queue} any={say('tickets.anyQueue')} options={queues.map((queue) => [queue, queue === '' ? say('queue.undecided') : queue])} onChoose={(queue) => change({ queue })} />
      <Choice label={say('tickets.column.state')} value={filter.state} any={say('tickets.anyState')} options={STATES.map((state) => [state, say(`state.${state}`)])} onChoose={(state) => change({ state, ...(state === 'closed' ? { sort: undefined } : {}) })} />
      <Choice label={say('tickets.column.severity')} value={filter.severity} any={say('tickets.anySeverity')} options={SEVERITIES.map((severity) => [severity, say('severity.is', { severity })])} onChoose={(severity) => change({ severity })} />
      <Choice label={say('tickets.sort')} value={filter.sort} any={say('sort.changed')} options={SORTS.filter((sort) => sort !== 'changed').map((sort) => [sort, say(`sort.${sort}`)])} onChoose={(sort) => change({ sort })} isDisabled={filter.state === 'closed'} />
      <Button aria-pressed={filter.undelivered === true} className={styles.toggle ?? ''} onClick={() => change({ undelivered: filter.undelivered === true ? undefined : true })}>{say('tickets.onlyUndelivered')}</Button>
      {(['partner', 'offer'] as const).map((name) => (filter[name] === undefined ? null : <Button key={name} className={styles.chip ?? ''} onClick={() => change({ [name]: undefined })} aria-label={say('tickets.removeFilter', { filter: filter[name] })}>{say(`tickets.${name}`)}: {filter[name]}<Icon name="close" /></Button>))}
    </div>
  );
}

function SearchInput({ field, search }: Pick<FilterBarProps, 'field' | 'search'>): ReactNode {
  const say = useSay();
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') field.searchNow();
    if (event.key !== 'Escape') return;
    // By itself a browser empties the field, and the search would be gone a moment later.
    event.preventDefault();
    event.currentTarget.blur();
  };
  return (
    <span className={styles.search}>
      <Icon name="search" />
      <input ref={search} type="search" className={classes(parts.input, styles.searchInput)} value={field.text} onChange={(event) => field.write(event.target.value)} onBlur={field.searchNow} onKeyDown={onKeyDown} placeholder={say('tickets.searchFor')} aria-label={say('tickets.searchFor')} spellCheck={false} />
      <Keys keys={['/']} />
    </span>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  /** What no choice is called. */
  readonly any: string;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly onChoose: (value: T | undefined) => void;
  readonly isDisabled?: boolean;
}

/** No value of ours. */
const ANY = '\u0000';

function Choice<T extends string>({ label, value, any, options, onChoose, isDisabled = false }: ChoiceProps<T>): ReactNode {
  const items = [[ANY, any] as const, ...options];
  return (
    <Select.Root value={value ?? ANY} onValueChange={(chosen) => onChoose(options.find(([option]) => option === chosen)?.[0])} items={items.map(([option, name]) => ({ value: option, label: name }))} disabled={isDisabled}>
      <Select.Trigger className={classes(parts.select, value !== undefined && styles.chosen)} aria-label={label}><Select.Value /><Icon name="down" /></Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} style={{ zIndex: 30 }}>
          <Select.Popup className={parts.popup}>
            <Select.List>
              {items.map(([option, name]) => <Select.Item key={option} value={option} className={parts.item}><span className={parts.tick}><Select.ItemIndicator>✓</Select.ItemIndicator></span><Select.ItemText>{name}</Select.ItemText></Select.Item>)}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
