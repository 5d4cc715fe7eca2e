import { useId, useState, type ReactNode } from 'react';
import { parts, Unseen } from '../design/parts.js';
import { useSay } from '../words/words.js';
import { type OverviewSearch, PERIOD_DAYS } from './overview-search.js';
import styles from './overview.module.css';

type Chosen = Pick<OverviewSearch, 'days' | 'from' | 'to'>;

/** Days up to now, or from one date to another. */
export function PeriodChoice({ search, onChange }: { readonly search: OverviewSearch; readonly onChange: (chosen: Chosen) => void }): ReactNode {
  const say = useSay();
  const [from, to] = [useId(), useId()];
  const [dates, setDates] = useState({ from: search.from ?? '', to: search.to ?? '' });
  const [isOwn, setOwn] = useState(search.from !== undefined);
  const change = (more: Partial<typeof dates>): void => {
    const next = { ...dates, ...more };
    setDates(next);
    if (next.from !== '' && next.to !== '' && next.from <= next.to) onChange(next);
  };
  return (
    <>
      <label>
        <Unseen>{say('overview.period')}</Unseen>
        <select className={parts.select} value={isOwn ? 'own' : String(search.days ?? 7)} onChange={({ target }) => {
          setOwn(target.value === 'own');
          const days = PERIOD_DAYS.find((each) => String(each) === target.value);
          if (days !== undefined) onChange({ days });
        }}>
          {PERIOD_DAYS.map((days) => <option key={days} value={days}>{say('overview.lastDays', { days })}</option>)}
          <option value="own">{say('overview.ownPeriod')}</option>
        </select>
      </label>
      {isOwn && (
        <span className={styles.dates}>
          <label htmlFor={from}><Unseen>{say('overview.from')}</Unseen></label><input id={from} type="date" className={parts.input} value={dates.from} max={dates.to} onChange={({ target }) => change({ from: target.value })} />
          <label htmlFor={to}><Unseen>{say('overview.to')}</Unseen></label><input id={to} type="date" className={parts.input} value={dates.to} min={dates.from} onChange={({ target }) => change({ to: target.value })} />
        </span>
      )}
    </>
  );
}
