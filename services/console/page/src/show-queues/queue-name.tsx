import type { ReactNode } from 'react';
import { useSay } from '../words/words.js';
import styles from './queues.module.css';

/** A queue as people read it: whose kind it is, small, and its name. */
export function QueueName({ queue }: { readonly queue: string | null }): ReactNode {
  const say = useSay();
  if (queue === null || queue === '') return <span className={styles.queue}>{say('queue.undecided')}</span>;
  const [kind = '', ...rest] = queue.split('/');
  if (rest.length === 0) return <span className={styles.queue}>{queue}</span>;
  return <span className={styles.queue}><span className={styles.kind}>{kind}/</span>{rest.join('/')}</span>;
}
