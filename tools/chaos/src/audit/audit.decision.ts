import { whyRepeated } from './explain-repeat.decision.js';
import type { Accepted, Arrival, Evidence, Published, StoredNotification } from './evidence.js';

/** One thing that has to hold, how often it was looked at, and where it does not hold. */
export interface Check {
  readonly name: string;
  readonly looked: number;
  /** A sentence each, with ids. */
  readonly findings: readonly string[];
}

export interface Audit {
  readonly checks: readonly Check[];
  /** Messages that came again under the same id, each explained by a fault; by kind of fault and on whom. */
  readonly explainedRepeats: Readonly<Record<string, number>>;
}

/** What was sent, stored and received, held against each other by id. */
export function audit(evidence: Evidence): Audit {
  const { accepted, received, routed, decisions, notifications, arrivals } = evidence;
  const excused = excusedEvents(evidence);
  const repeats = repeatsIn(evidence);
  const checks: Check[] = [
    check('each delivery that was taken is one event', Map.groupBy(accepted, deliveryOf), (key, all) => oneEvent(key, all)),
    check('each event that was taken is in handoff.intake', acceptedEvents(accepted), (id) => (idsOf(received).has(id) ? null : `${id} was answered 202 and is not in handoff.intake.`)),
    check('an event that was published again says the same', Map.groupBy([...received, ...routed, ...evidence.notified], ({ id }) => id), (id, all) => (new Set(all.map(({ digest }) => digest)).size === 1 ? null : `${id} was published with more than one content.`)),
    check('each event of a ticket came to handoff.intake in the order in which it was taken', Map.groupBy(accepted, ({ ticketId }) => ticketId), orderOfTaking(received)),
    check('each event is one decision', acceptedEvents(accepted), oneDecision(evidence, excused)),
    check('each decision comes from an event', Map.groupBy(decisions, ({ eventId }) => eventId), (eventId) => (idsOf(received).has(eventId) ? null : `A decision was made of ${eventId}, which is not in handoff.intake.`)),
    check('the decisions of a ticket follow the order of its events', Map.groupBy(decisions, ({ ticketId }) => ticketId), orderOfDecisions(evidence, excused)),
    check('each decision is told in handoff.routing once', decidedVersions(evidence), toldOnce(evidence)),
    check('the versions of a ticket rise in handoff.routing', Map.groupBy(firstOf(routed), ({ ticketId }) => ticketId), (ticketId, all) => (rises(all.map(({ ticketVersion }) => ticketVersion)) ? null : `${ticketId} was told in the versions ${all.map(({ ticketVersion }) => ticketVersion).join(', ')}.`)),
    check('each decision is one notification for each whom it names', wantedNotifications(evidence), (key, found) => (found.length === 1 ? null : `Of ${key} there are ${found.length} notifications.`)),
    check('each notification is wanted by a decision', Map.groupBy(notifications, addressOf), unwanted(evidence)),
    check('each notification was delivered, or says why not', Map.groupBy(notifications, ({ id }) => id), (id, [only]) => reasonless(id, only)),
    check('what is said to be delivered arrived', Map.groupBy(notifications.filter(({ state }) => state === 'delivered'), ({ id }) => id), (id) => (idsOf(arrivals).has(id) ? null : `${id} is said to be delivered and did not arrive.`)),
    check('what arrived is a notification, and genuine', Map.groupBy(arrivals, ({ id }) => id), strange(notifications)),
    check('what arrived again is the same, and a fault explains it', repeats.all, (id) => repeats.unexplained.get(id) ?? null),
    check('a death repeats no more than was in hand', repeats.byDeath, (death, ids) => (ids.length <= IN_HAND_MAX ? null : `The notifier was killed at ${death}, and ${ids.length} messages came again.`)),
    check('the versions of a ticket arrive in their order', Map.groupBy(firstOf(arrivals), ({ ticketId, destination }) => `${ticketId} at ${destination}`), orderOfArrival(notifications)),
    check('each delivered notification is told once', Map.groupBy(firstOf(evidence.notified).filter(({ type }) => type.endsWith('.delivered.v1')), ({ notificationId }) => notificationId), (id, all) => (all.length === 1 ? null : `${id} was told to be delivered ${all.length} times.`)),
    check('what was set aside says why, and is what was meant to be', Map.groupBy(evidence.setAside, ({ service, place }) => `${service}: ${place}`), (key) => parkedWithoutReason(evidence, key)),
    check('each poisoned record was set aside', Map.groupBy(evidence.poisons, ({ place }) => place), (place) => (evidence.setAside.some((letter) => letter.place === place) ? null : `${place} is poisoned and was not set aside.`)),
    check('nothing waits any more', new Map(Object.entries(evidence.leftovers).map(([table, rows]) => [table, [rows]])), (table, [rows]) => (rows === 0 ? null : `${rows} rows wait in ${table}.`)),
  ];
  return { checks, explainedRepeats: repeats.explained };
}

function check<V>(name: string, groups: ReadonlyMap<string, readonly V[]>, find: (key: string, group: readonly V[]) => string | null): Check {
  const findings = [...groups].flatMap(([key, group]) => find(key, group) ?? []);
  return { name, looked: groups.size, findings };
}

const deliveryOf = ({ source, deliveryId }: Accepted): string => `${source} ${deliveryId}`;
const idsCache = new WeakMap<readonly { readonly id: string }[], ReadonlySet<string>>();

/** The ids of a list, which is asked for often. */
function idsOf(list: readonly { readonly id: string }[]): ReadonlySet<string> {
  const known = idsCache.get(list) ?? new Set(list.map(({ id }) => id));
  idsCache.set(list, known);
  return known;
}

/** Each id where it came first. */
function firstOf<T extends { readonly id: string }>(list: readonly T[]): T[] {
  const seen = new Set<string>();
  return list.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function rises(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
}

function acceptedEvents(accepted: readonly Accepted[]): ReadonlyMap<string, readonly Accepted[]> {
  return Map.groupBy(accepted.filter(({ eventId }) => eventId !== null), ({ eventId }) => eventId ?? '');
}

function oneEvent(key: string, all: readonly Accepted[]): string | null {
  const ids = new Set(all.map(({ eventId }) => eventId));
  if (ids.has(null)) return `The delivery ${key} was answered 202 without an event.`;
  return ids.size === 1 ? null : `The delivery ${key} became ${ids.size} events: ${[...ids].join(', ')}.`;
}

/** Events that a person gave up: they have a visible reason instead of a decision. */
function excusedEvents({ setAside }: Evidence): ReadonlySet<string> {
  return new Set(setAside.flatMap(({ eventId, state }) => (eventId !== null && state === 'discarded' ? [eventId] : [])));
}

function orderOfTaking(received: readonly Published[]): (ticketId: string, all: readonly Accepted[]) => string | null {
  const places = new Map(firstOf(received).map(({ id }, index) => [id, index]));
  return (ticketId, all) => {
    // A delivery that was posted again counts from its first answer.
    const first = [...Map.groupBy(all, deliveryOf).values()].flatMap(([one]) => one ?? []);
    const ordered = first.filter(({ isUnordered }) => !isUnordered).toSorted((a, b) => a.atMs - b.atMs);
    const order = ordered.flatMap(({ eventId }) => places.get(eventId ?? '') ?? []);
    return rises(order) ? null : `The events of ${ticketId} stand in handoff.intake in another order than they were taken.`;
  };
}

function oneDecision({ decisions }: Evidence, excused: ReadonlySet<string>): (eventId: string) => string | null {
  const made = Map.groupBy(decisions, ({ eventId }) => eventId);
  return (eventId) => {
    const count = made.get(eventId)?.length ?? 0;
    if (count === 1 || (count === 0 && excused.has(eventId))) return null;
    return count === 0 ? `${eventId} has no decision.` : `${eventId} has ${count} decisions.`;
  };
}

function orderOfDecisions({ received }: Evidence, excused: ReadonlySet<string>): (ticketId: string, all: readonly { readonly eventId: string; readonly ticketVersion: number }[]) => string | null {
  const places = new Map(firstOf(received).map(({ id }, index) => [id, index]));
  return (ticketId, all) => {
    const order = all.filter(({ eventId }) => !excused.has(eventId)).toSorted((a, b) => a.ticketVersion - b.ticketVersion).map(({ eventId }) => places.get(eventId) ?? -1);
    return rises(order) ? null : `The decisions of ${ticketId} were made in another order than its events stand in handoff.intake.`;
  };
}

const versionOf = ({ ticketId, ticketVersion }: { readonly ticketId: string; readonly ticketVersion: number }): string => `${ticketId} v${ticketVersion}`;

function decidedVersions({ decisions, routed }: Evidence): ReadonlyMap<string, readonly unknown[]> {
  return Map.groupBy([...decisions, ...routed], versionOf);
}

function toldOnce({ decisions, routed }: Evidence): (version: string) => string | null {
  const made = Map.groupBy(decisions, versionOf);
  const told = Map.groupBy(firstOf(routed), versionOf);
  return (version) => {
    const [decided, said] = [made.get(version)?.length ?? 0, told.get(version)?.length ?? 0];
    return decided === 1 && said === 1 ? null : `${version} was decided ${decided} times and told ${said} times in handoff.routing.`;
  };
}

const addressOf = (one: { readonly ticketId: string; readonly ticketVersion: number; readonly destination: string }): string => `${versionOf(one)} for ${one.destination}`;

/** What there is of each notification that a decision wants. */
function wantedNotifications({ routed, notifications }: Evidence): ReadonlyMap<string, readonly StoredNotification[]> {
  const there = Map.groupBy(notifications, addressOf);
  const wanted = firstOf(routed).flatMap((event) => event.destinations.map((destination) => addressOf({ ...event, destination })));
  return new Map(wanted.map((key) => [key, there.get(key) ?? []]));
}

function unwanted({ routed }: Evidence): (key: string) => string | null {
  const wanted = new Set(routed.flatMap((event) => event.destinations.map((destination) => addressOf({ ...event, destination }))));
  return (key) => (wanted.has(key) ? null : `There is a notification of ${key}, which no decision asked for.`);
}

function reasonless(id: string, notification: StoredNotification | undefined): string | null {
  switch (notification?.state) {
    case 'delivered': return null;
    case 'failed': case 'suppressed': return notification.code === null ? `${id} is ${notification.state} without a reason.` : null;
    case 'pending': case undefined: return `${id} is neither delivered nor given up.`;
  }
}

function strange(notifications: readonly StoredNotification[]): (id: string, all: readonly Arrival[]) => string | null {
  return (id, all) => {
    if (!idsOf(notifications).has(id)) return `A message arrived under ${id}, which is no notification.`;
    return all.every(({ isGenuine }) => isGenuine) ? null : `${id} arrived with a signature that does not fit.`;
  };
}

/** `DELIVERIES_UNRECORDED_MAX`: what the notifier sends before it has written down what came of it. */
const IN_HAND_MAX = 256;

interface Repeats {
  readonly all: ReadonlyMap<string, readonly Arrival[]>;
  readonly unexplained: ReadonlyMap<string, string>;
  readonly explained: Readonly<Record<string, number>>;
  /** By the time of the notifier's death, what came again because of it. */
  readonly byDeath: ReadonlyMap<string, readonly string[]>;
}

function repeatsIn({ arrivals, faults }: Evidence): Repeats {
  const all = new Map([...Map.groupBy(arrivals, ({ id }) => id)].filter(([, group]) => group.length > 1));
  const unexplained = new Map<string, string>();
  const explained: Record<string, number> = {};
  const byDeath = new Map<string, string[]>();
  for (const [id, group] of all) {
    if (new Set(group.map(({ digest }) => digest)).size > 1) unexplained.set(id, `${id} arrived again with another content.`);
    for (const [index, { atMs: againAtMs }] of group.entries()) {
      if (index === 0) continue;
      const firstAtMs = group[index - 1]?.atMs ?? againAtMs;
      const fault = whyRepeated({ firstAtMs, againAtMs }, faults);
      if (fault === null) unexplained.set(id, `${id} arrived at ${new Date(firstAtMs).toISOString()} and again at ${new Date(againAtMs).toISOString()}, which no fault explains.`);
      else explained[`${fault.kind} ${fault.on}`] = (explained[`${fault.kind} ${fault.on}`] ?? 0) + 1;
      if (fault?.kind === 'kill') byDeath.set(new Date(fault.fromMs).toISOString(), [...(byDeath.get(new Date(fault.fromMs).toISOString()) ?? []), id]);
    }
  }
  return { all, unexplained, explained, byDeath };
}

function orderOfArrival(notifications: readonly StoredNotification[]): (key: string, all: readonly Arrival[]) => string | null {
  const overtaking = new Set(notifications.filter(({ overtakes }) => overtakes).map(({ id }) => id));
  return (key, all) => {
    const versions = all.filter(({ id }) => !overtaking.has(id)).map(({ ticketVersion }) => ticketVersion);
    return rises(versions) ? null : `The versions of ${key} arrived as ${versions.join(', ')}.`;
  };
}

/** Poison may be set aside, and what stood behind it, as long as it did not stay so. */
function parkedWithoutReason({ setAside, poisons }: Evidence, key: string): string | null {
  const poisoned = new Set(poisons.map(({ place }) => place));
  const letter = setAside.find(({ service, place }) => `${service}: ${place}` === key);
  if (letter === undefined) return null;
  if (letter.code === '' || letter.detail === '') return `${key} was set aside without a reason.`;
  return poisoned.has(letter.place) && letter.state === 'discarded' ? null : `${key} is ${letter.state}: ${letter.code}, ${letter.detail}`;
}
