import { Menu } from '@base-ui/react/menu';
import { useNavigate } from '@tanstack/react-router';
import { useId, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useCommands } from '../commands/commands.js';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
import { Button, Field, parts } from '../design/parts.js';
import { Icon } from '../design/icon.js';
import { keep, kept } from '../design/preferences.js';
import { useSay, type Say } from '../words/words.js';
import { type TicketFilter, ticketFilterOf } from './ticket-filter.js';

/** A filter with a name. */
interface View {
  readonly name: string;
  readonly filter: TicketFilter;
}

const STORED_AS = 'handoff.views';
const VIEWS_MAX = 30;
const NAME_CHARS_MAX = 60;
const listeners = new Set<() => void>();
let saved = read();

function read(): readonly View[] {
  const stored = kept(STORED_AS);
  return (Array.isArray(stored) ? (stored as Partial<View>[]) : []).flatMap(({ name, filter }) => (typeof name === 'string' && typeof filter === 'object' ? [{ name, filter: ticketFilterOf({ ...filter }) }] : []));
}

function store(views: readonly View[]): void {
  saved = views.slice(0, VIEWS_MAX);
  keep(STORED_AS, saved);
  for (const listener of listeners) listener();
}

function useSavedViews(): readonly View[] {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => saved);
}

function ownViews(say: Say): readonly View[] {
  return [
    { name: say('views.all'), filter: {} },
    { name: say('views.worst'), filter: { sort: 'severity' } },
    { name: say('views.due'), filter: { sort: 'due' } },
    { name: say('views.escalated'), filter: { state: 'escalated', sort: 'due' } },
    { name: say('views.undelivered'), filter: { undelivered: true } },
    { name: say('views.triage'), filter: { queue: 'triage' } },
    { name: say('views.closed'), filter: { state: 'closed' } },
  ];
}

/** The name of the view that this filter is, else of its queue, else that it is none. */
export function useViewName(filter: TicketFilter): string {
  const say = useSay();
  const views = [...useSavedViews(), ...ownViews(say)];
  return views.find((view) => isSame(view.filter, filter))?.name ?? filter.queue ?? say('views.unsaved');
}

/** Views to go to, and the one at hand to be saved. They are kept in this browser; whoever gets the address sees the same. */
export function ViewMenu({ filter }: { readonly filter: TicketFilter }): ReactNode {
  const say = useSay();
  const navigate = useNavigate();
  const [isNaming, setIsNaming] = useState(false);
  const own = useMemo(() => ownViews(say), [say]);
  const views = useSavedViews();
  useCommands(useMemo(() => [...own, ...views].map((view) => ({ id: `view-${view.name}`, group: 'go' as const, title: say('views.go', { name: view.name }), keys: [], run: () => void navigate({ to: '/tickets', search: view.filter }) })), [own, views, navigate, say]));
  const current = views.find((view) => isSame(view.filter, filter));
  const isKnown = current !== undefined || own.some((view) => isSame(view.filter, filter));
  return (
    <>
      {!isKnown && <Button onClick={() => setIsNaming(true)}><Icon name="star" />{say('views.save')}</Button>}
      <Menu.Root>
        <Menu.Trigger render={<Button />}>{say('views.views')}<Icon name="down" /></Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end" style={{ zIndex: 30 }}>
            <Menu.Popup className={parts.popup}>
              {[...own, ...views].map((view) => <Menu.Item key={view.name} className={parts.item} onClick={() => void navigate({ to: '/tickets', search: view.filter })}><span className={parts.tick}>{isSame(view.filter, filter) ? '✓' : ''}</span>{view.name}</Menu.Item>)}
              {current !== undefined && <><Menu.Separator className={parts.separator} /><Menu.Item className={parts.item} onClick={() => store(views.filter((view) => view !== current))}><span className={parts.tick} />{say('views.remove', { name: current.name })}</Menu.Item></>}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <NameView isOpen={isNaming} onOpenChange={setIsNaming} onName={(name) => store([{ name, filter }, ...views.filter((view) => view.name !== name)])} />
    </>
  );
}

function NameView({ isOpen, onOpenChange, onName }: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void; readonly onName: (name: string) => void }): ReactNode {
  const say = useSay();
  const id = useId();
  return (
    <Modal isOpen={isOpen} onClose={() => onOpenChange(false)}>
      <ModalHead title={say('views.save')} text={say('views.where')} />
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); onName(String(new FormData(event.currentTarget).get('name')).trim()); onOpenChange(false); }}>
        <Field label={say('views.name')} htmlFor={id}><input id={id} name="name" className={parts.input} required maxLength={NAME_CHARS_MAX} autoComplete="off" /></Field>
        <ModalEnds label={say('dialog.save')} />
      </form>
    </Modal>
  );
}

function isSame(a: TicketFilter, b: TicketFilter): boolean {
  const textOf = (filter: TicketFilter): string => JSON.stringify(Object.entries(filter).sort(([x], [y]) => (x < y ? -1 : 1)));
  return textOf(a) === textOf(b);
}
