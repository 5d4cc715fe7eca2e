import { useId, useState, type ReactNode } from 'react';
import { call } from '../api/call.js';
import { Badge, Button, type Tone } from '../design/parts.js';
import { Ago } from '../design/times.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import { RotateDialog } from './rotate-dialog.js';
import { refusedOf, type Source, type SourceStanding, standingOf } from './standing.decision.js';
import { SourceSetup, SourceTest } from './source-parts.js';
import { sourcePath, useDoing } from './sources.js';
import styles from './sources.module.css';

const TONES: Readonly<Record<SourceStanding, Tone>> = { paused: 'warn', failing: 'bad', silent: 'plain', parks: 'warn', well: 'good' };

/** A source with how it does, and what can be done to it. */
export function SourceRow({ source }: { readonly source: Source }): ReactNode {
  const say = useSay();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isRotating, setRotating] = useState(false);
  const { source: name, adapter, sourceParty, pausedAt, status } = source;
  const resume = useDoing(() => call(`${sourcePath(name)}/resume`, { method: 'POST' }), () => tell({ title: say('sources.resumed', { source: name }) }));
  const pause = useDoing(() => call(`${sourcePath(name)}/pause`, { method: 'POST' }), () => tell({ title: say('sources.paused', { source: name }), text: say('sources.pausedWhy'), action: { label: say('sources.resume'), run: () => resume.mutate() } }));
  const standing = standingOf(source);
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <button type="button" className={styles.opener} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)} data-row>
          <span className={styles.name}>{name}</span><span className={styles.soft}>{[adapter, sourceParty].filter((part) => part !== null).join(' · ')}</span>
        </button>
        <Badge tone={TONES[standing]} hasDot>{say(`sources.standing.${standing}`)}</Badge>
        {pausedAt === null ? <Button disabled={pause.isPending} onClick={() => pause.mutate()}>{say('sources.pause')}</Button> : <Button disabled={resume.isPending} onClick={() => resume.mutate()}>{say('sources.resume')}</Button>}
        <Button onClick={() => setRotating(true)}>{say('sources.rotate')}</Button>
      </div>
      <p className={styles.soft}>
        {status.lastEventAt === null ? say('sources.nothingYet') : <>{say('sources.last')} <Ago at={status.lastEventAt} /></>}
        {' · '}{say('sources.day', { accepted: status.lastDay.accepted, parked: status.lastDay.parked, refused: refusedOf(source), rate: Math.round(status.perMinute * 10) / 10 })}
        {status.lastLagMs !== null && <> · {say('sources.lag', { seconds: Math.round(status.lastLagMs / 100) / 10 })}</>}
        {standing === 'failing' && status.lastRefused !== null && <> · <code>{status.lastRefused.code}</code> <Ago at={status.lastRefused.at} /></>}
      </p>
      <div id={id}>{isOpen && <><SourceTest source={name} /><SourceSetup source={name} /></>}</div>
      {isRotating && <RotateDialog source={name} onClose={() => setRotating(false)} />}
    </li>
  );
}
