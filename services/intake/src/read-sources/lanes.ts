export interface LanesOptions<T> {
  /** Pieces of work at once. */
  readonly countMax: number;
  /** `null`: there is nothing to do. */
  readonly claim: () => Promise<T | null>;
  readonly work: (claimed: T, signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Does claimed pieces of work, several at once: a slow one holds up no other, and looking for work costs one query. */
export class Lanes<T> {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: LanesOptions<T>) {}

  /** Begins as much as there is to do and room for; resolves when it is begun. Each lane goes on until nothing is left. */
  async fill(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.underWay.size < this.options.countMax) {
      const claimed = await this.options.claim();
      if (claimed === null) return;
      const lane: Promise<void> = this.run(claimed, signal).catch(this.options.onError).finally(() => this.underWay.delete(lane));
      this.underWay.add(lane);
    }
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async run(first: T, signal: AbortSignal): Promise<void> {
    for (let claimed: T | null = first; claimed !== null; claimed = signal.aborted ? null : await this.options.claim()) await this.options.work(claimed, signal);
  }
}
