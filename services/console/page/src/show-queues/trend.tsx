import type { ReactNode } from 'react';
import type { QueueTrend } from '../api/server-types.js';
import { useSay } from '../words/words.js';
import styles from './queues.module.css';
import { BAR_WIDTH, TREND_HEIGHT, trendBars, trendWidth } from './trend-bars.decision.js';

/** The last 24 hours of a queue: what came in stands, what was finished hangs. */
export function Trend({ trend }: { readonly trend: QueueTrend | undefined }): ReactNode {
  const say = useSay();
  if (trend === undefined) return <span className={styles.none}>{say('queues.quiet')}</span>;
  const sum = (counts: readonly number[]): number => counts.reduce((total, tickets) => total + tickets, 0);
  const text = say('queues.trendText', { received: sum(trend.received), finished: sum(trend.finished) });
  const bars = trendBars(trend);
  const width = trendWidth(trend.received.length);
  return (
    <svg className={styles.trend} role="img" aria-label={text} viewBox={`0 0 ${width} ${TREND_HEIGHT}`} width={width} height={TREND_HEIGHT}>
      <title>{text}</title>
      <line x1={0} x2={width} y1={TREND_HEIGHT / 2} y2={TREND_HEIGHT / 2} className={styles.middle} />
      {bars.received.map((bar) => <rect key={bar.x} {...bar} width={BAR_WIDTH} className={styles.came} />)}
      {bars.finished.map((bar) => <rect key={bar.x} {...bar} width={BAR_WIDTH} className={styles.done} />)}
    </svg>
  );
}
