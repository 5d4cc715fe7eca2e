export interface RecentEventsOptions {
  readonly countMax: number;
  readonly ageMsMax: number;
  readonly now: () => number;
}

/**
 * Ids of events that were stored a short while ago, with a digest of what they said. The oldest go first: each has a place in a circle,
 * and what is kept of it lies there, in lists that stay, since so many objects that live for a second would keep the garbage collector busy.
 */
export class RecentEvents {
  private readonly places = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly digests: (string | null)[] = [];
  private readonly times: Float64Array;
  private next = 0;

  constructor(private readonly options: RecentEventsOptions) {
    this.times = new Float64Array(options.countMax);
  }

  /** The digest that was remembered; `undefined` when the event is not known, or no longer. */
  find(eventId: string): string | null | undefined {
    const place = this.places.get(eventId);
    if (place === undefined) return undefined;
    if (this.options.now() - (this.times[place] ?? 0) <= this.options.ageMsMax) return this.digests[place];
    this.places.delete(eventId);
    return undefined;
  }

  remember(eventId: string, digest: string | null): void {
    const place = this.next;
    const oldest = this.ids[place];
    // It may have been remembered again since, at another place.
    if (oldest !== undefined && this.places.get(oldest) === place) this.places.delete(oldest);
    this.places.set(eventId, place);
    this.ids[place] = eventId;
    this.digests[place] = digest;
    this.times[place] = this.options.now();
    this.next = (place + 1) % this.options.countMax;
  }
}
