export interface RecentEventsOptions {
  readonly countMax: number;
  readonly ageMsMax: number;
  readonly now: () => number;
}

interface Remembered {
  readonly at: number;
  readonly digest: string | null;
  readonly place: number;
}

/** Ids of events that were stored a short while ago, with a digest of what they said. The oldest go first. */
export class RecentEvents {
  private readonly events = new Map<string, Remembered>();
  /** By place, in a circle: a map that is asked for its oldest entry steps over all that were deleted before. */
  private readonly ids: string[] = [];
  private place = 0;

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
    const oldest = this.ids[this.place];
    // It may have been remembered again since, at another place.
    if (oldest !== undefined && this.events.get(oldest)?.place === this.place) this.events.delete(oldest);
    this.events.set(eventId, { at: this.options.now(), digest, place: this.place });
    this.ids[this.place] = eventId;
    this.place = (this.place + 1) % this.options.countMax;
  }
}
