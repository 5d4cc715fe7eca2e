import { Link } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { useRowKeys } from '../commands/row-keys.js';
import { Badge, type Tone } from '../design/parts.js';
import { Failed, FailedBanner, Loading } from '../design/states.js';
import { Ago } from '../design/times.js';
import { PageHead, shell } from '../shell/page-head.js';
import { useSay } from '../words/words.js';
import { matrixRoute } from './matrix-route.js';
import type { VersionSummary } from './version.decision.js';
import { VersionDetail } from './version-detail.js';
import { useVersion, useVersions } from './versions.js';
import styles from './matrix.module.css';

const TONES: Readonly<Record<VersionSummary['state'], Tone>> = { draft: 'info', tested: 'warn', active: 'good', retired: 'plain' };

/** The rules in all their versions. */
export function MatrixPage(): ReactNode {
  const say = useSay();
  const search = matrixRoute.useSearch();
  const { data, error, refetch } = useVersions();
  const active = data?.items.find(({ state }) => state === 'active');
  const name = search.version ?? active?.version;
  const open = useVersion(name);
  const activeText = useVersion(active?.version);
  return (
    <>
      <PageHead title={say('nav.matrix')} text={active === undefined ? undefined : <>{say('matrix.active', { version: active.version })}</>} />
      {error !== null && data !== undefined && <FailedBanner error={error} onRetry={() => void refetch()} />}
      <div className={shell.scroll} tabIndex={-1}>
        <div className={`${shell.padded} ${styles.split}`}>
          {data === undefined ? (error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />) : <VersionList versions={data.items} chosen={name} />}
          {open.data === undefined ? (open.error === null ? <Loading /> : <Failed error={open.error} onRetry={() => void open.refetch()} />)
            : <VersionDetail key={open.data.version.version} open={open.data} active={activeText.data?.version ?? null} />}
        </div>
      </div>
    </>
  );
}

function VersionList({ versions, chosen }: { readonly versions: readonly VersionSummary[]; readonly chosen: string | undefined }): ReactNode {
  const say = useSay();
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <ul ref={list} className={styles.list} aria-label={say('matrix.versions')}>
      {versions.map(({ version, state, createdAt, createdBy }) => (
        <li key={version}><Link to="/matrix" search={{ version }} className={styles.version} aria-current={version === chosen ? 'true' : undefined} data-row>
          <span className={styles.name}>{version} <Badge tone={TONES[state]} hasDot>{say(`matrix.state.${state}`)}</Badge></span>
          <span className={styles.soft}>{createdBy} · <Ago at={createdAt} /></span>
        </Link></li>
      ))}
    </ul>
  );
}
