const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]] as const;

/** A span as people say it, in its largest whole unit; below a minute it is "now", that is 0 minutes. */
export function distanceOf(spanMs: number): [count: number, unit: 'day' | 'hour' | 'minute' | 'second'] {
  for (const [unit, unitMs] of UNITS) {
    if (Math.abs(spanMs) >= unitMs) return [Math.trunc(spanMs / unitMs), unit];
  }
  return [0, 'second'];
}
