import { useEffect, useSyncExternalStore } from 'react';
import type { LiveMessage, LiveStatus, TicketChange } from './live-message.js';
import workerUrl from './live-worker.ts?worker&url';
import { mergedChanges } from './merged-changes.decision.js';
import { Tail } from './tail.js';

export interface LiveState {
  readonly status: LiveStatus;
  /** When something was heard last, a heartbeat included; 0: never. */
  readonly heardAtMs: number;
}

export interface LiveListener {
  readonly onChanges: (changes: readonly TicketChange[]) => void;
  /** Changes may have been missed: read again. */
  readonly onResync: () => void;
}

const HIDDEN_FLUSH_MS = 1_000;
const stateListeners = new Set<() => void>();
const listeners = new Set<LiveListener>();
let state: LiveState = { status: 'connecting', heardAtMs: 0 };
let kept: readonly TicketChange[] = [];
let keptTimer: ReturnType<typeof setTimeout> | undefined;
let reopenTail: () => void = () => undefined;

/** Connects this tab. Once a page. */
export function goLive(): void {
  if (typeof SharedWorker === 'undefined') {
    const tail = new Tail(receive);
    reopenTail = () => tail.reopen();
    return;
  }
  const connect = (): SharedWorker => {
    const worker = new SharedWorker(trusted(workerUrl), { type: 'module', name: 'handoff-live' });
    worker.port.onmessage = ({ data }: MessageEvent<LiveMessage>) => receive(data);
    return worker;
  };
  let worker = connect();
  reopenTail = () => worker.port.postMessage('reopen');
  addEventListener('pagehide', () => worker.port.postMessage('bye'));
  // Back from the browser's memory: whatever happened meanwhile was told to nobody here.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    worker = connect();
    receive({ kind: 'resync' });
  });
}

/** Tries to connect again at once. */
export function reopen(): void {
  reopenTail();
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Hears of changes while the component is there. Give a listener that stays the same. */
export function useLive(listener: LiveListener): void {
  useEffect(() => {
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  }, [listener]);
}

/** Under Trusted Types a worker needs a URL that a policy made; this one makes no other. */
function trusted(url: string): string {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } } }).trustedTypes;
  if (factory === undefined) return url;
  const policy = factory.createPolicy('console-worker', {
    createScriptURL: (asked) => {
      if (asked !== workerUrl) throw new TypeError(`${asked} is not the worker of this page.`);
      return asked;
    },
  });
  return policy.createScriptURL(url) as string;
}

function receive(message: LiveMessage): void {
  switch (message.kind) {
    case 'status': return settle({ ...state, status: message.status });
    case 'heard': return settle({ ...state, heardAtMs: message.atMs });
    case 'changes': return document.hidden ? keepBack(message.changes) : handOut(mergedChanges(taken(), message.changes));
    case 'resync': for (const listener of listeners) listener.onResync();
  }
}

/** Nobody looks at a hidden tab: it works once a second. */
function keepBack(changes: readonly TicketChange[]): void {
  kept = mergedChanges(kept, changes);
  keptTimer ??= setTimeout(() => handOut(taken()), HIDDEN_FLUSH_MS);
}

function taken(): readonly TicketChange[] {
  const changes = kept;
  kept = [];
  clearTimeout(keptTimer);
  keptTimer = undefined;
  return changes;
}

function handOut(changes: readonly TicketChange[]): void {
  if (changes.length > 0) for (const listener of listeners) listener.onChanges(changes);
}

function settle(next: LiveState): void {
  state = next;
  for (const listener of stateListeners) listener();
}

function subscribe(listener: () => void): () => void {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}
