import 'uplot/dist/uPlot.min.css';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import uPlot from 'uplot';
import { Button } from '../design/parts.js';
import { useTimes } from '../design/times.js';
import { useLanguage, useSay } from '../words/words.js';
import { saveAs } from './save-as.js';
import { plotOptions } from './plot-options.js';
import { drawnLines, type PlotKind } from './stacked.decision.js';
import styles from './overview.module.css';

const SECOND_MS = 1_000;
const STEP_SECONDS = { hour: 3_600, day: 86_400 } as const;

export interface PlotLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

interface PlotProps {
  readonly title: string;
  /** What the plot shows, in a sentence. */
  readonly summary: string;
  readonly step: 'hour' | 'day';
  readonly times: readonly string[];
  readonly lines: readonly PlotLine[];
  readonly kind: PlotKind;
  readonly textOf: (value: number | null) => string;
  /** The time that the summary speaks of. */
  readonly marked?: string;
}

/** A plot with its title, what it shows in words, its numbers as a table, and itself as a picture. */
export function Plot(props: PlotProps): ReactNode {
  const { title, summary, lines, marked } = props;
  const say = useSay();
  const times = useTimes();
  const id = useId();
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const [isTable, setTable] = useState(false);
  const save = (): void => canvas.current?.toBlob((picture) => { if (picture !== null) saveAs(`${title}.png`, picture); });
  return (
    <figure className={styles.plot} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>{say('overview.table')}</Button>
        <Button look="quiet" disabled={isTable} onClick={save}>{say('overview.png')}</Button>
      </header>
      <p className={styles.note}>{summary}{marked !== undefined && ` (${times.short(marked)})`}</p>
      {lines.length > 1 && <ul className={styles.legend}>{lines.map(({ label }, index) => <li key={label} data-line={index}>{label}</li>)}</ul>}
      {isTable ? <PlotTable {...props} /> : <Drawing {...props} onDrawn={(drawn) => { canvas.current = drawn; }} />}
    </figure>
  );
}

function PlotTable({ title, times: slots, lines, textOf, step }: PlotProps): ReactNode {
  const say = useSay();
  const times = useTimes();
  return (
    <div className={styles.tableScroll} tabIndex={0} role="group" aria-label={title}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{say(step === 'hour' ? 'overview.hour' : 'overview.day')}</th>{lines.map(({ label }) => <th key={label} scope="col" className={styles.number}>{label}</th>)}</tr></thead>
        <tbody>{slots.map((at, index) => <tr key={at}><th scope="row">{times.short(at)}</th>{lines.map(({ label, values }) => <td key={label} className={styles.number}>{textOf(values[index] ?? null)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function Drawing({ times, lines, kind, textOf, step, summary, onDrawn }: PlotProps & { readonly onDrawn: (canvas: HTMLCanvasElement | null) => void }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const language = useLanguage();
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const timeText = new Intl.DateTimeFormat(language, step === 'hour' ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { day: 'numeric', month: 'short' });
    const data = [times.map((at) => Date.parse(at) / SECOND_MS), ...drawnLines(kind, lines.map(({ values }) => values))] as uPlot.AlignedData;
    const draw = (): uPlot => new uPlot(plotOptions({ width: element.clientWidth, kind, labels: lines.map(({ label }) => label), textOf, timeTextOf: (seconds) => timeText.format(seconds * SECOND_MS), stepSeconds: STEP_SECONDS[step], colours: getComputedStyle(element) }), data, element);
    let plot = draw();
    onDrawn(plot.ctx.canvas);
    // Colours are those of the look at the moment of drawing.
    const again = (): void => { plot.destroy(); plot = draw(); onDrawn(plot.ctx.canvas); };
    const looks = matchMedia('(prefers-color-scheme: dark)');
    const theme = new MutationObserver(again);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    looks.addEventListener('change', again);
    const size = new ResizeObserver(() => { if (element.clientWidth !== plot.width) plot.setSize({ width: element.clientWidth, height: plot.height }); });
    size.observe(element);
    return () => { size.disconnect(); theme.disconnect(); looks.removeEventListener('change', again); plot.destroy(); onDrawn(null); };
  }, [times, lines, kind, textOf, step, language, onDrawn]);
  return <div ref={place} className={styles.drawing} role="img" aria-label={summary} />;
}
