import { useId, useState, type ReactNode } from 'react';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
import { Button, Field, parts, Unseen } from '../design/parts.js';
import { useSay } from '../words/words.js';
import { type MatrixRow, NEW_ROW, problemOf, rowsOf, withoutRow, withRow, withRowMoved } from './rows.decision.js';
import styles from './matrix.module.css';

/** In the order in which they are read. */
const STAGES = ['gate', 'area', 'product', 'asker', 'source', 'outage'] as const;

interface MatrixRowsProps {
  readonly text: string;
  /** Absent: it is read alone. */
  readonly onChange?: ((text: string) => void) | undefined;
}

/** The rows as a table, in which a draft is changed without writing all of it. */
export function MatrixRows({ text, onChange }: MatrixRowsProps): ReactNode {
  const say = useSay();
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<number | null>(null);
  const { rows, problem } = rowsOf(text);
  if (problem !== null) return <p className={styles.problem} role="alert">{problem === 'rows' ? say('matrix.noRows') : problem}</p>;
  const shown = rows.map((row, index) => ({ row, index })).filter(({ row }) => Object.values(row).some((part: string) => part.toLowerCase().includes(filter.trim().toLowerCase())));
  return (
    <section className={styles.rows} aria-label={say('matrix.table')}>
      <div className={styles.detailHead}>
        <label><Unseen>{say('matrix.filterRows')}</Unseen><input type="search" className={parts.input} placeholder={say('matrix.filterRows')} value={filter} onChange={({ target }) => setFilter(target.value)} /></label>
        <span className={styles.soft} role="status">{say('matrix.rowCount', { shown: shown.length, rows: rows.length })}</span>
        {onChange !== undefined && <Button onClick={() => setOpen(rows.length)}>{say('matrix.addRow')}</Button>}
      </div>
      <div className={styles.tableFrame} tabIndex={0} role="group" aria-label={say('matrix.table')}>
        <table className={styles.table}>
          <thead><tr><th scope="col">{say('matrix.row.id')}</th><th scope="col">{say('matrix.row.stage')}</th><th scope="col">{say('matrix.row.when')}</th><th scope="col">{say('matrix.row.then')}</th><th scope="col">{say('matrix.row.text')}</th>{onChange !== undefined && <th scope="col"><Unseen>{say('matrix.row.doings')}</Unseen></th>}</tr></thead>
          <tbody>
            {shown.map(({ row, index }) => (
              <tr key={`${index} ${row.id}`}>
                <th scope="row">{row.id}</th><td>{row.stage}</td><td><Lines yaml={row.when} /></td><td><Lines yaml={row.then} /></td><td>{row.text}</td>
                {onChange !== undefined && <td><RowDoings id={row.id} isFirst={index === 0} isLast={index === rows.length - 1} onOpen={() => setOpen(index)} onMove={(by) => onChange(withRowMoved(text, index, by))} onRemove={() => onChange(withoutRow(text, index))} /></td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open !== null && onChange !== undefined && <RowDialog row={rows[open] ?? NEW_ROW} isNew={open === rows.length} onClose={() => setOpen(null)} onSave={(row) => { onChange(withRow(text, open, row)); setOpen(null); }} />}
    </section>
  );
}

function Lines({ yaml }: { readonly yaml: string }): ReactNode {
  return <code className={styles.yaml}>{yaml}</code>;
}

interface RowDoingsProps {
  readonly id: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onOpen: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function RowDoings({ id, isFirst, isLast, onOpen, onMove, onRemove }: RowDoingsProps): ReactNode {
  const say = useSay();
  return (
    <span className={styles.rowDoings}>
      <Button look="quiet" aria-label={say('matrix.editRow', { id })} onClick={onOpen}>{say('matrix.edit')}</Button>
      <Button look="quiet" isIcon aria-label={say('matrix.moveUp', { id })} disabled={isFirst} onClick={() => onMove(-1)}>↑</Button>
      <Button look="quiet" isIcon aria-label={say('matrix.moveDown', { id })} disabled={isLast} onClick={() => onMove(1)}>↓</Button>
      <Button look="quiet" aria-label={say('matrix.removeRow', { id })} onClick={onRemove}>{say('matrix.remove')}</Button>
    </span>
  );
}

interface RowDialogProps {
  readonly row: MatrixRow;
  readonly isNew: boolean;
  readonly onClose: () => void;
  readonly onSave: (row: MatrixRow) => void;
}

function RowDialog({ row, isNew, onClose, onSave }: RowDialogProps): ReactNode {
  const say = useSay();
  const [edited, setEdited] = useState(row);
  const problem = problemOf(edited);
  const set = (part: keyof MatrixRow) => (value: string): void => setEdited({ ...edited, [part]: value });
  return (
    <Modal onClose={onClose} className={styles.wideDialog}>
      <form className={styles.rows} onSubmit={(event) => { event.preventDefault(); if (problem === null) onSave(edited); }}>
        <ModalHead title={isNew ? say('matrix.newRow') : row.id} text={say('matrix.rowWhat')} />
        <Text label={say('matrix.row.id')} value={edited.id} onChange={set('id')} />
        <Stage value={edited.stage} onChange={set('stage')} />
        <Text label={say('matrix.row.when')} value={edited.when} lines={4} isCode onChange={set('when')} />
        <Text label={say('matrix.row.then')} value={edited.then} lines={5} isCode onChange={set('then')} />
        <Text label={say('matrix.row.text')} value={edited.text} lines={2} onChange={set('text')} />
        <Text label={say('matrix.row.rest')} value={edited.rest} lines={4} isCode onChange={set('rest')} />
        {problem !== null && <p className={styles.problem} role="alert">{problem === 'id' ? say('matrix.idMissing') : problem}</p>}
        <ModalEnds label={say('matrix.takeRow')} isDisabled={problem !== null} />
      </form>
    </Modal>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  /** Absent: one, that does not grow. */
  readonly lines?: number;
  readonly isCode?: boolean;
  readonly onChange: (value: string) => void;
}

function Text({ label, value, lines, isCode = false, onChange }: TextProps): ReactNode {
  const id = useId();
  return (
    <Field label={label} htmlFor={id}>
      {lines === undefined ? <input id={id} className={parts.input} required autoComplete="off" spellCheck={false} value={value} onChange={({ target }) => onChange(target.value)} />
        : <textarea id={id} className={isCode ? `${parts.input} ${styles.code}` : parts.input} rows={lines} spellCheck={!isCode} value={value} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  );
}

function Stage({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  const say = useSay();
  const id = useId();
  return <Field label={say('matrix.row.stage')} htmlFor={id}><select id={id} className={parts.select} value={value} onChange={({ target }) => onChange(target.value)}>{STAGES.map((stage) => <option key={stage} value={stage}>{stage}</option>)}</select></Field>;
}
