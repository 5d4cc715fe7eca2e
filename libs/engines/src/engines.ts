/** Where an engine comes from: named by the user's environment, a container, or a process of ours. */
export type EngineKind = 'external' | 'docker' | 'embedded';

/** Running Kafka and PostgreSQL, both proven to answer. */
export interface Engines {
  readonly kafka: { readonly brokers: string[]; readonly kind: EngineKind };
  /** `url` is an administrator's, with its password. Never print it: use {@link Engines.describe}. */
  readonly postgres: { readonly url: string; readonly kind: EngineKind };
  /** Stops what was started here, and nothing that was external. May be called twice. */
  stop(): Promise<void>;
  /** One line an engine, without secrets, for the terminal. */
  describe(): string[];
}

export interface EnginesOptions {
  /** The project's folder, with docker-compose.yml and deploy/. */
  readonly rootDir?: string;
  /** Where data live. Default: HANDOFF_DATA_DIR, else `<root>/.handoff`. */
  readonly dataDir?: string;
  /** Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes ports that are free instead of the configured ones. */
  readonly freePorts?: boolean;
  /** For tests: data need not survive, so PostgreSQL may skip fsync, and they are deleted at the end. */
  readonly throwaway?: boolean;
  /** For measurements: throwaway engines work as for a normal run all the same, with fsync and an optimising JVM. */
  readonly durable?: boolean;
  /** The port that an embedded Kafka tells its clients to come to, where that is not its own: of a proxy before it. */
  readonly kafkaAdvertisedPort?: number;
  /** Ends a start half-way; what was started is stopped and a StartupError thrown. */
  readonly signal?: AbortSignal;
  /** Hears what takes long ("Downloading Kafka …"), and later of an embedded engine that ended and is started again. */
  readonly note?: (line: string) => void;
}

/** One running engine, as the parts of this library see it. */
export interface RunningEngine<Address> {
  readonly address: Address;
  readonly description: string;
  stop(): Promise<void>;
}
