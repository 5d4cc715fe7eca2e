import type { ReactNode } from 'react';
import { Ago } from '../design/times.js';
import { useLiveState } from '../live/live.js';
import { useSay } from '../words/words.js';
import styles from './shell.module.css';

/** Whether what is shown follows what happens. */
export function LiveSign(): ReactNode {
  const say = useSay();
  const { status, heardAtMs } = useLiveState();
  return (
    <p className={styles.live} data-status={status} role="status">
      <span className={styles.pulse} aria-hidden />
      <span>{say(`live.${status}`)}</span>
      {status !== 'live' && heardAtMs > 0 && <Ago at={new Date(heardAtMs).toISOString()} />}
    </p>
  );
}
