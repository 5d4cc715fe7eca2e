import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState, type ReactNode } from 'react';
import { CallFailed } from '../api/call.js';
import { Badge, Button, Field, parts } from '../design/parts.js';
import { sentenceOf } from '../design/states.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import { ActivateDialog } from './activate-dialog.js';
import { MatrixRows } from './matrix-rows.js';
import type { Version } from './version.decision.js';
import { type Comparison, matrixCalls, type OpenVersion, type TestResult, useMatrixDoing } from './versions.js';
import styles from './matrix.module.css';

/** One version: its text, its cases, what it would change, and the way to make it the active one. */
export function VersionDetail({ open: { version, etag }, active }: { readonly open: OpenVersion; readonly active: Version | null }): ReactNode {
  const say = useSay();
  const [text, setText] = useState({ matrix: version.matrix, cases: version.cases });
  const [dialog, setDialog] = useState<'activate' | 'roll-back' | null>(null);
  const isDraft = version.state === 'draft';
  const isChanged = text.matrix !== version.matrix || text.cases !== version.cases;
  const save = useMatrixDoing(() => matrixCalls.save(version.version, etag, text), () => tell({ title: say('matrix.saved') }));
  const test = useMatrixDoing(() => matrixCalls.test(version.version));
  const compare = useMatrixDoing(() => matrixCalls.compare(version.version));
  const problem = save.error ?? test.error ?? compare.error;
  return (
    <article className={styles.detail} aria-labelledby="version">
      <header className={styles.detailHead}>
        <h2 id="version">{version.version}</h2>
        {isDraft && <Button look="primary" disabled={!isChanged || save.isPending} onClick={() => save.mutate()}>{say('dialog.save')}</Button>}
        <Doings version={version} isChanged={isChanged} isBusy={test.isPending || compare.isPending} onTest={() => test.mutate()} onCompare={() => compare.mutate()} onDialog={setDialog} />
      </header>
      {version.note !== null && <p className={styles.soft}>{version.note}</p>}
      {!isDraft && <NewDraft from={version} />}
      {problem !== null && <Problem error={problem} />}
      <Outcomes tested={test.data} compared={compare.data} />
      <Texts text={text} isDraft={isDraft} onChange={setText} />
      {dialog !== null && active !== null && <ActivateDialog kind={dialog} version={version} active={active} onClose={() => setDialog(null)} />}
    </article>
  );
}

interface DoingsProps {
  readonly version: Version;
  /** Changes that are not saved are neither tested nor compared. */
  readonly isChanged: boolean;
  readonly isBusy: boolean;
  readonly onTest: () => void;
  readonly onCompare: () => void;
  readonly onDialog: (kind: 'activate' | 'roll-back') => void;
}

function Doings({ version: { state, replaced }, isChanged, isBusy, onTest, onCompare, onDialog }: DoingsProps): ReactNode {
  const say = useSay();
  return (
    <>
      {(state === 'draft' || state === 'tested') && <Button disabled={isChanged || isBusy} onClick={onTest}>{say('matrix.test')}</Button>}
      {state !== 'active' && <Button disabled={isChanged || isBusy} onClick={onCompare}>{say('matrix.compare')}</Button>}
      {state === 'tested' && <Button onClick={() => onDialog('activate')}>{say('matrix.activate')}</Button>}
      {state === 'active' && replaced !== null && <Button onClick={() => onDialog('roll-back')}>{say('matrix.rollBack')}</Button>}
    </>
  );
}

function Texts({ text, isDraft, onChange }: { readonly text: Pick<Version, 'matrix' | 'cases'>; readonly isDraft: boolean; readonly onChange: (text: Pick<Version, 'matrix' | 'cases'>) => void }): ReactNode {
  const say = useSay();
  const [matrix, cases] = [useId(), useId()];
  return (
    <>
      <MatrixRows text={text.matrix} onChange={isDraft ? (changed) => onChange({ ...text, matrix: changed }) : undefined} />
      <Field label={say('matrix.rows')} htmlFor={matrix}><textarea id={matrix} className={`${parts.input} ${styles.code}`} rows={24} spellCheck={false} readOnly={!isDraft} value={text.matrix} onChange={({ target }) => onChange({ ...text, matrix: target.value })} /></Field>
      <Field label={say('matrix.cases')} htmlFor={cases}><textarea id={cases} className={`${parts.input} ${styles.code}`} rows={12} spellCheck={false} readOnly={!isDraft} value={text.cases} onChange={({ target }) => onChange({ ...text, cases: target.value })} /></Field>
    </>
  );
}

function NewDraft({ from }: { readonly from: Version }): ReactNode {
  const say = useSay();
  const navigate = useNavigate();
  const id = useId();
  const create = useMatrixDoing((name: string) => matrixCalls.create(name, from), ({ version }) => void navigate({ to: '/matrix', search: { version } }));
  return (
    <form className={styles.newDraft} onSubmit={(event) => { event.preventDefault(); create.mutate(String(new FormData(event.currentTarget).get('name')).trim()); }}>
      <Field label={say('matrix.newName')} htmlFor={id} problem={create.error === null ? null : sentenceOf(create.error)}><input id={id} name="name" className={parts.input} required pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}" title={say('matrix.newNameShape')} autoComplete="off" spellCheck={false} /></Field>
      <Button type="submit" disabled={create.isPending}>{say('matrix.newDraft')}</Button>
    </form>
  );
}

function Problem({ error }: { readonly error: Error }): ReactNode {
  return (
    <div className={styles.problem} role="alert">
      <p>{sentenceOf(error)}</p>
      {error instanceof CallFailed && error.fields.length > 0 && <ul>{error.fields.map(({ field, detail }) => <li key={`${field}${detail}`}><code>{field}</code> {detail}</li>)}</ul>}
    </div>
  );
}

function Outcomes({ tested, compared }: { readonly tested: TestResult | undefined; readonly compared: Comparison | undefined }): ReactNode {
  return <>{tested !== undefined && <Tested result={tested} />}{compared !== undefined && <Compared comparison={compared} />}</>;
}

function Tested({ result: { passed, failed, results } }: { readonly result: TestResult }): ReactNode {
  const say = useSay();
  return (
    <div className={styles.outcome} role="status">
      <p><Badge tone={failed === 0 ? 'good' : 'bad'} hasDot>{say(failed === 0 ? 'matrix.allPassed' : 'matrix.someFailed')}</Badge> {say('matrix.tested', { passed, failed })}</p>
      {failed > 0 && <ul>{results.filter((result) => !result.passed).map((result, index) => <li key={index}><code>{result.name ?? result.id ?? index + 1}</code></li>)}</ul>}
    </div>
  );
}

function Compared({ comparison: { before, tickets, changed, isComplete, byQueue, byTicket } }: { readonly comparison: Comparison }): ReactNode {
  const say = useSay();
  return (
    <div className={styles.outcome} role="status">
      <p>{say('matrix.compared', { before, tickets, changed })}{!isComplete && ` ${say('matrix.comparedPart')}`}</p>
      {byQueue.length > 0 && <ul>{byQueue.map(({ from, to, tickets: moved }) => <li key={`${from} ${to}`}><strong>{moved}</strong> {from} → {to}</li>)}</ul>}
      {byTicket.length > 0 && <details><summary>{say('matrix.comparedTickets', { shown: byTicket.length })}</summary><ul>{byTicket.map(({ ticketId, externalId, subject, before: was, after }) => <li key={ticketId}><Link to={`/tickets/${ticketId}` as '/tickets'}>{subject ?? externalId}</Link> {was.queue} → {after.queue}</li>)}</ul></details>}
    </div>
  );
}
