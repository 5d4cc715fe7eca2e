export type DurationUnit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day';

const UNITS: readonly (readonly [DurationUnit, number])[] = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1_000]];
/** Two days are said in days, a day and a half in hours. */
const OF_A_UNIT_MIN: Readonly<Partial<Record<DurationUnit, number>>> = { day: 2 };

/** A duration in the unit in which people say it, with one digit behind the point at most. */
export function durationParts(ms: number): readonly [number, DurationUnit] {
  const found = UNITS.find(([unit, unitMs]) => ms >= unitMs * (OF_A_UNIT_MIN[unit] ?? 1));
  return found === undefined ? [ms, 'millisecond'] : [Math.round((ms / found[1]) * 10) / 10, found[0]];
}
