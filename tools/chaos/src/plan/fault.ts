export const SERVICES = ['intake', 'routing', 'notifier'] as const;
export type Service = (typeof SERVICES)[number];

export const ENGINES = ['kafka', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

/** A way between two processes; all of them lead through a proxy. */
export const LINKS = [
  'sender-intake', 'notifier-sink',
  'intake-kafka', 'routing-kafka', 'notifier-kafka',
  'intake-postgres', 'routing-postgres', 'notifier-postgres',
] as const;
export type Link = (typeof LINKS)[number];

/** Something that goes wrong, on whom, and for how long. `lastsMs` is 0 for what happens at once. */
export type Mishap =
  /** kill -9 of a service. It is started again by its supervisor. */
  | { readonly kind: 'kill'; readonly on: Service; readonly lastsMs: 0 }
  /** The process stands still (SIGSTOP), and goes on. */
  | { readonly kind: 'pause'; readonly on: Service | 'kafka'; readonly lastsMs: number }
  /** kill -9 of an engine. It is started again after a second. */
  | { readonly kind: 'kill-engine'; readonly on: Engine; readonly lastsMs: 0 }
  /** An engine is stopped in order, and started again. */
  | { readonly kind: 'restart-engine'; readonly on: Engine; readonly lastsMs: 0 }
  /** kill -9 of an engine, and nobody reaches it for a while: what is written meanwhile waits in spool and outbox. */
  | { readonly kind: 'engine-away'; readonly on: Engine; readonly lastsMs: number }
  /** Connections are reset, and new ones refused. */
  | { readonly kind: 'cut'; readonly on: Link; readonly lastsMs: number }
  /** Connections stay and nothing comes through; then it does. */
  | { readonly kind: 'stall'; readonly on: Link; readonly lastsMs: number }
  /** Everything takes longer. */
  | { readonly kind: 'delay'; readonly on: Link; readonly lastsMs: number; readonly byMs: number }
  /** Requests arrive, and the connection is reset instead of their answer: of Kafka's those to write. */
  | { readonly kind: 'lose-answers'; readonly on: Link; readonly lastsMs: number }
  /** A service can read from Kafka and not write: its outbox fills, or intake's spool. */
  | { readonly kind: 'refuse-writes'; readonly on: 'intake-kafka' | 'routing-kafka' | 'notifier-kafka'; readonly lastsMs: number }
  /** Each webhook is posted twice. */
  | { readonly kind: 'duplicate'; readonly on: 'webhooks'; readonly lastsMs: number }
  /** Webhooks of a ticket overtake each other. */
  | { readonly kind: 'reorder'; readonly on: 'webhooks'; readonly lastsMs: number }
  /** A record that cannot be read, before a ticket's own. */
  | { readonly kind: 'poison-unreadable'; readonly on: 'handoff.intake'; readonly lastsMs: 0 }
  /** An event that can be read, and whose handler fails each time. */
  | { readonly kind: 'poison-failing'; readonly on: 'handoff.intake'; readonly lastsMs: 0 };

export type Fault = Mishap & {
  /** From the first webhook on. */
  readonly atMs: number;
};

export interface Plan {
  readonly seed: number;
  /** How long webhooks are sent. */
  readonly loadMs: number;
  /** In the order of their beginning. */
  readonly faults: readonly Fault[];
}

/** A fault as it was carried out, on the clock of the machine. */
export interface FaultWindow {
  readonly kind: Mishap['kind'];
  readonly on: Mishap['on'];
  readonly fromMs: number;
  /** When its cause was over; of a death when the process was ready again. */
  readonly toMs: number;
}
