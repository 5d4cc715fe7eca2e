import { useRef, useState, type ReactNode } from 'react';
import { useRowKeys } from '../commands/row-keys.js';
import { Button } from '../design/parts.js';
import { Empty, Failed, FailedBanner, Loading } from '../design/states.js';
import { PageHead, shell } from '../shell/page-head.js';
import { useSay } from '../words/words.js';
import { ChannelRow } from './channel-row.js';
import { CreateChannelDialog, CreateSourceDialog } from './create-dialogs.js';
import { SourceRow } from './source-row.js';
import { useChannels, useSources } from './sources.js';
import styles from './sources.module.css';

/** Where tickets come from, and by which ways contacts are told. */
export function SourcesPage(): ReactNode {
  const say = useSay();
  const [sources, channels] = [useSources(), useChannels()];
  const [dialog, setDialog] = useState<'source' | 'channel' | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  return (
    <>
      <PageHead title={say('nav.sources')} text={sources.data === undefined || channels.data === undefined ? undefined : say('sources.scope', { sources: sources.data.length, channels: channels.data.length })}>
        <Button onClick={() => setDialog('source')}>{say('sources.create')}</Button>
        <Button onClick={() => setDialog('channel')}>{say('channels.create')}</Button>
      </PageHead>
      {[sources, channels].map(({ data, error, refetch }, index) => (error !== null && data !== undefined ? <FailedBanner key={index} error={error} onRetry={() => void refetch()} /> : null))}
      <div className={shell.scroll} tabIndex={-1}>
        <div className={shell.padded} ref={list}>
          <Section title={say('sources.sources')} query={sources} empty={{ title: say('sources.none'), text: say('sources.noneWhy'), command: 'npx handoff send --source jira-demo' }}>
            {(sources.data ?? []).map((source) => <SourceRow key={source.source} source={source} />)}
          </Section>
          <Section title={say('sources.channels')} query={channels} empty={{ title: say('sources.noChannels'), text: say('sources.noChannelsWhy'), command: null }}>
            {(channels.data ?? []).map((channel) => <ChannelRow key={channel.id} channel={channel} />)}
          </Section>
        </div>
      </div>
      {dialog === 'source' && <CreateSourceDialog onClose={() => setDialog(null)} />}
      {dialog === 'channel' && <CreateChannelDialog onClose={() => setDialog(null)} />}
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly query: { readonly data: readonly unknown[] | undefined; readonly error: Error | null; readonly refetch: () => unknown };
  readonly empty: { readonly title: string; readonly text: string; readonly command: string | null };
  readonly children: ReactNode;
}

function Section({ title, query: { data, error, refetch }, empty, children }: SectionProps): ReactNode {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {data === undefined ? (error === null ? <Loading rows={4} /> : <Failed error={error} onRetry={() => void refetch()} />)
        : data.length === 0 ? <Empty title={empty.title} text={empty.text}>{empty.command !== null && <code>{empty.command}</code>}</Empty>
          : <ul className={styles.rows}>{children}</ul>}
    </section>
  );
}
