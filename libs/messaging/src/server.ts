import type { HandoffEvent } from '@handoff/contracts';
import type { Topic } from '@handoff/contracts';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { ChunkContext } from './handlers.js';
import type { RecordConsumer } from './ports.js';
import { Runner, type RunnerOptions } from './runner.js';
import type { Transaction } from './transactions.js';

export interface HandoffServerOptions extends Omit<RunnerOptions, 'dispatch' | 'ignoredTypes'> {
  readonly consumer: RecordConsumer;
  readonly topics: readonly Topic[];
  /** Types of these topics that have no handler on purpose. Anything else without one stops the start. */
  readonly ignoredTypes: readonly string[];
  readonly parkedRetryIntervalMs: number;
}

const PARKED_RETRIES_A_ROUND = 100;

/**
 * The transport that Nest is given: it reads topics through the runner and calls ordinary Nest event handlers.
 * Nest's own Kafka server takes one message at a time and commits what it has no handler for; this one does neither.
 */
export class HandoffServer extends Server implements CustomTransportStrategy {
  private readonly runner: Runner;
  private retryTimer: NodeJS.Timeout | undefined;
  private retrying: Promise<void> = Promise.resolve();
  private isListening = false;
  private isClosed = false;

  constructor(private readonly options: HandoffServerOptions) {
    super();
    this.runner = new Runner({ ...options, ignoredTypes: new Set(options.ignoredTypes), dispatch: (type, events, tx) => this.dispatch(type, events, tx) });
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.proveWiring();
    } catch (error) {
      return callback(error);
    }
    this.options.consumer.start(this.options.topics.map(({ name }) => name), (batch) => this.runner.handleBatch(batch)).then(() => {
      this.isListening = true;
      this.scheduleRetry(this.options.parkedRetryIntervalMs);
      callback();
    }, callback);
  }

  /** Resolves when events are being read; rejects with why not. */
  check(): Promise<void> {
    if (!this.isListening || this.isClosed) return Promise.reject(new Error('it has not joined its group yet; members that were killed hold it up for some seconds'));
    const problem = this.options.consumer.problem();
    return problem === null ? Promise.resolve() : Promise.reject(new Error(`it cannot go on at the moment: ${problem}`));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retryTimer);
    await this.options.consumer.stop();
    await this.retrying;
  }

  on(): never {
    throw new Error('This transport has no events of its own.');
  }

  unwrap<T>(): T {
    return this.options.consumer as T;
  }

  /** Every type of the subscribed topics is handled or ignored on purpose; nothing else is handled. */
  private proveWiring(): void {
    const expected = new Set(this.options.topics.flatMap(({ types }) => types as readonly string[]));
    const handled = [...this.messageHandlers.keys()];
    const ignored = this.options.ignoredTypes;
    const faults = [
      ...[...expected].filter((type) => !handled.includes(type) && !ignored.includes(type)).map((type) => `'${type}' has no handler`),
      ...handled.filter((type) => !expected.has(type)).map((type) => `'${type}' has a handler but is in none of the subscribed topics`),
      ...handled.filter((type) => ignored.includes(type)).map((type) => `'${type}' is both handled and ignored`),
      ...[...this.messageHandlers].filter(([, handler]) => handler.next !== undefined).map(([type]) => `'${type}' has two handlers`),
    ];
    if (faults.length > 0) throw new Error(`The event handlers are not complete: ${faults.join('; ')}. Register them with @OnEvents or list the type as ignored.`);
  }

  private async dispatch(type: string, events: readonly HandoffEvent[], tx: Transaction): Promise<void> {
    const handler = this.messageHandlers.get(type);
    if (handler === undefined) throw new Error(`No handler for '${type}'.`);
    const context: ChunkContext = { tx };
    const result: unknown = await handler(events, context);
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }

  private scheduleRetry(delayMs: number): void {
    if (this.isClosed) return;
    this.retryTimer = setTimeout(() => {
      this.retrying = this.runner.retryParked(PARKED_RETRIES_A_ROUND).then(({ tried }) => tried === PARKED_RETRIES_A_ROUND, (error: unknown) => {
        this.options.log.unavailable(error);
        return false;
      }).then((isMoreDue) => this.scheduleRetry(isMoreDue ? 0 : this.options.parkedRetryIntervalMs));
    }, delayMs);
  }
}
