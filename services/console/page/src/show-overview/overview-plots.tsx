import type { ReactNode } from 'react';
import type { Overview } from '../api/server-types.js';
import { useSay } from '../words/words.js';
import { useDurationText } from './duration-text.js';
import { Plot, type PlotLine } from './plot.js';
import styles from './overview.module.css';

/** The plots of an overview. They come with the library that draws them, after the numbers. */
export default function OverviewPlots({ overview }: { readonly overview: Overview }): ReactNode {
  const say = useSay();
  const duration = useDurationText();
  const { series, step, total } = overview;
  const times = series.map(({ at }) => at);
  const most = series.reduce((best, slot) => (slot.tickets > best.tickets ? slot : best), series[0] ?? { at: overview.from, tickets: 0 });
  const plain = (value: number | null): string => (value === null ? '–' : String(value));
  const medians = (['routed', 'delivered', 'acknowledged'] as const).map((key): PlotLine => ({ label: say(`overview.${key}`), values: series.map((slot) => slot[key].medianMs) }));
  return (
    <div className={styles.plots}>
      <Plot title={say(`overview.volume-${step}`)} summary={say('overview.volumeSummary', { tickets: total.tickets, most: most.tickets })} step={step} times={times} textOf={plain} kind="bars"
        lines={[{ label: say('overview.tickets'), values: series.map(({ tickets }) => tickets) }]} marked={most.at} />
      <Plot title={say('overview.times')} summary={say('overview.timesSummary', { routed: duration(total.routed.medianMs), delivered: duration(total.delivered.medianMs), acknowledged: duration(total.acknowledged.medianMs) })} step={step} times={times} textOf={duration} kind="logarithmic" lines={medians} />
      <Plot title={say('overview.targets')} summary={say('overview.targetsSummary', { met: total.targets.met, missed: total.targets.missed })} step={step} times={times} textOf={plain} kind="bars"
        lines={[{ label: say('overview.targetsMet'), values: series.map(({ targets }) => targets.met) }, { label: say('overview.targetsMissed'), values: series.map(({ targets }) => targets.missed) }]} />
    </div>
  );
}
