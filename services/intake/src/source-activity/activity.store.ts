import type { ActivityCount, SourceActivity } from './activity.js';

/** Where the activity of sources is counted, over all instances. */
export interface ActivityStore {
  /** Adds to what is there. Sources that are not there any more are left out. */
  add(counts: readonly ActivityCount[]): Promise<void>;
  /** By name of the source; one from which nothing ever came is not in it. */
  read(sources: readonly string[], now: Date): Promise<ReadonlyMap<string, SourceActivity>>;
  /** Forgets counts of minutes before this one. */
  forget(before: Date): Promise<void>;
}
