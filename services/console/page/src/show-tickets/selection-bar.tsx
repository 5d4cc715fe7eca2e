import type { ReactNode } from 'react';
import type { Outcome } from '../act-on-tickets/act.js';
import { begin } from '../act-on-tickets/action-dialogs.js';
import { canBeDone, offeredFor } from '../act-on-tickets/ticket-action.decision.js';
import type { ShownTicket } from '../api/server-types.js';
import { Button, Keys } from '../design/parts.js';
import { useSay } from '../words/words.js';
import styles from './tickets.module.css';
import { ACTION_KEYS } from './use-list-commands.js';

/** What can be done to all that is selected. */
export function SelectionBar({ tickets, settled, onClear }: { readonly tickets: readonly ShownTicket[]; readonly settled: (outcome: Outcome) => void; readonly onClear: () => void }): ReactNode {
  const say = useSay();
  return (
    <div className={styles.selection} role="toolbar" aria-label={say('tickets.selection')}>
      <strong role="status">{say('tickets.selected', { selected: tickets.length })}</strong>
      {offeredFor(tickets).map((kind) => <Button key={kind} disabled={!tickets.some((ticket) => canBeDone(kind, ticket))} onClick={() => begin(kind, tickets, settled)}>{say(`act.${kind}`)}<Keys keys={[ACTION_KEYS[kind]]} /></Button>)}
      <Button look="quiet" onClick={onClear}>{say('tickets.clearSelection')}<Keys keys={['Escape']} /></Button>
    </div>
  );
}
