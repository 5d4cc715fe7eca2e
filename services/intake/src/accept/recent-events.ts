export interface RecentEventsOptions {
  readonly countMax: number;
  readonly ageMsMax: number;
  readonly now: () => number;
}

/** Ids of events that were stored a short while ago, with a digest of what they said. The oldest go first. */
export class RecentEvents {
  private readonly events = new Map<string, { readonly at: number; readonly digest: string | null }>();

  constructor(private readonly options: RecentEventsOptions) {}

  /** The digest that was remembered; `undefined` when the event is not known, or no longer. */
  find(eventId: string): string | null | undefined {
    const found = this.events.get(eventId);
    if (found === undefined) return undefined;
    if (this.options.now() - found.at <= this.options.ageMsMax) return found.digest;
    this.events.delete(eventId);
    return undefined;
  }

  remember(eventId: string, digest: string | null): void {
    this.events.delete(eventId);
    this.events.set(eventId, { at: this.options.now(), digest });
    for (const oldest of this.events.keys()) {
      if (this.events.size <= this.options.countMax) break;
      this.events.delete(oldest);
    }
  }

  get size(): number {
    return this.events.size;
  }
}
