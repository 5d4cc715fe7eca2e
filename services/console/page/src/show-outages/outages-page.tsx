import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useCommands, type Command } from '../commands/commands.js';
import { useRowKeys } from '../commands/row-keys.js';
import { Button } from '../design/parts.js';
import { Empty, Failed, FailedBanner, Loading } from '../design/states.js';
import { PageHead, shell } from '../shell/page-head.js';
import { useSay } from '../words/words.js';
import { OutageRow } from './outage-row.js';
import { ReportDialog } from './report-dialog.js';
import { useOutages } from './outages.js';
import styles from './outages.module.css';

/** Outages that publishers reported: whom they concern, and what those were told. */
export function OutagesPage(): ReactNode {
  const say = useSay();
  const [isOpen, setOpen] = useState(true);
  const [isReporting, setReporting] = useState(false);
  const { data, error, refetch } = useOutages(isOpen);
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  useCommands(useMemo((): readonly Command[] => [{ id: 'outage-report', group: 'page', title: say('outages.report'), keys: ['N'], run: () => setReporting(true) }], [say]));
  return (
    <>
      <PageHead title={say('nav.outages')} text={data === undefined ? undefined : say(isOpen ? 'outages.scopeOpen' : 'outages.scopeOver', { count: data.items.length })}>
        <Button aria-pressed={!isOpen} onClick={() => setOpen(!isOpen)}>{say('outages.over')}</Button>
        <Button look="primary" onClick={() => setReporting(true)}>{say('outages.report')}</Button>
      </PageHead>
      {error !== null && data !== undefined && <FailedBanner error={error} onRetry={() => void refetch()} />}
      <div className={shell.scroll} tabIndex={-1}>
        <div className={shell.padded}>
          {data === undefined ? (error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />)
            : data.items.length === 0 ? <Empty title={say(isOpen ? 'outages.none' : 'outages.noneOver')} text={say('outages.noneWhy')} />
              : <ul ref={list} className={styles.rows}>{data.items.map((outage) => <OutageRow key={outage.noticeId} outage={outage} />)}</ul>}
        </div>
      </div>
      {isReporting && <ReportDialog outage={null} isEnd={false} onClose={() => setReporting(false)} />}
    </>
  );
}
