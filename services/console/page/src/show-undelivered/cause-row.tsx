import { useId, useState, type ReactNode } from 'react';
import { Badge, Button, type Tone } from '../design/parts.js';
import { Ago } from '../design/times.js';
import { useSay } from '../words/words.js';
import { type Cause, remedyOf } from './cause.js';
import { StuckItems } from './stuck-item-list.js';
import styles from './undelivered.module.css';

const TONES: Readonly<Record<Cause['state'], Tone>> = { 'given-up': 'bad', retrying: 'info', held: 'warn', waiting: 'plain' };

/** One cause: how many, why, what to do about it, and each of them when it is opened. */
export function CauseRow({ cause, onRetry, onChanged }: { readonly cause: Cause; readonly onRetry: () => void; readonly onChanged: () => void }): ReactNode {
  const say = useSay();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { code, state, about, channel, service, count, detail, lastAt, nextAt, canRetry } = cause;
  return (
    <li className={styles.cause}>
      <div className={styles.causeHead}>
        <button type="button" className={styles.opener} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)} data-row>
          <span className={styles.count}>{count}</span>
          <span className={styles.what}>
            <span className={styles.about}>{[service, about, channel].filter((part) => part !== null).join(' · ')}</span>
            <code>{code}</code>
          </span>
        </button>
        <Badge tone={TONES[state]} hasDot>{say(`undelivered.state.${state}`)}</Badge>
        <span className={styles.when}>{nextAt === null ? <>{say('undelivered.last')} <Ago at={lastAt} /></> : <>{say('undelivered.next')} <Ago at={nextAt} /></>}</span>
        {canRetry && <Button onClick={onRetry} aria-label={say('undelivered.retryGroup', { count, code })}>{say('undelivered.retry')}</Button>}
      </div>
      <p className={styles.remedy}>{say(remedyOf(cause))}</p>
      {detail !== null && <p className={styles.detail}>{detail}</p>}
      <div id={id}>{isOpen && <StuckItems cause={cause} onChanged={onChanged} />}</div>
    </li>
  );
}
