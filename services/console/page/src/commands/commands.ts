import { useEffect, useRef, useSyncExternalStore } from 'react';
import { preferences } from '../design/preferences.js';
import { type Begun, commandPressed } from './keymap.decision.js';

export type CommandGroup = 'go' | 'list' | 'ticket' | 'page';

/** Something that a viewer can do now: by its keys, by the palette, or by a button. */
export interface Command {
  /** Stays the same through renders. */
  readonly id: string;
  readonly group: CommandGroup;
  /** In the viewer's language. */
  readonly title: string;
  /** Further words by which the palette finds it. */
  readonly otherWords?: string;
  /** One key, two one after the other, or a chord as `Ctrl+k`; empty: only in the palette. */
  readonly keys: readonly string[];
  /** Whether the palette leaves it out, as for moving a row down. */
  readonly isForKeysAlone?: boolean;
  readonly run: () => void;
}

let registered: readonly { readonly owner: symbol; readonly commands: readonly Command[] }[] = [];
let all: readonly Command[] = [];
const listeners = new Set<() => void>();

/** Offers commands while the component is there. Those of a component that came later win where keys are the same. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useRef<symbol>(undefined);
  owner.current ??= Symbol('commands');
  const id = owner.current;
  useEffect(() => set(id, commands), [id, commands]);
  useEffect(() => () => set(id, []), [id]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => all);
}

function set(owner: symbol, commands: readonly Command[]): void {
  const isKnown = registered.some((entry) => entry.owner === owner);
  if (commands.length === 0) registered = registered.filter((entry) => entry.owner !== owner);
  else if (isKnown) registered = registered.map((entry) => (entry.owner === owner ? { owner, commands } : entry));
  else registered = [...registered, { owner, commands }];
  all = registered.flatMap((entry) => entry.commands);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Listens to the keyboard for the whole page. Returns how to stop. */
export function listenToKeys(): () => void {
  let begun: Begun | null = null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.repeat && event.key.length > 1) return;
    const target = event.target instanceof Element ? event.target : null;
    if (isInFront(target)) return;
    if (event.key === 'Enter' && target?.closest('a, button, [role=menuitem], summary') != null) return;
    const pressed = commandPressed({
      key: event.key, withCtrl: event.ctrlKey || event.metaKey, withAlt: event.altKey, withAltGraph: event.getModifierState('AltGraph'), isTyping: writesText(target), atMs: event.timeStamp,
    }, begun, all, preferences());
    begun = pressed.begun;
    if (pressed.command === null) return;
    event.preventDefault();
    pressed.command.run();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

/** What lies over the page, as a dialog or a menu, has its own keys. A message at its edge, which calls itself a dialog too, does not. */
function isInFront(target: Element | null): boolean {
  return document.querySelector(':is([role=dialog], [role=alertdialog]):not([data-toast])') !== null || target?.closest('[role=menu], [role=listbox]') != null;
}

/** Whether keys write there. */
export function writesText(target: Element | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));
}
