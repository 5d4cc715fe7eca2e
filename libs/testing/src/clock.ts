/** A clock that only moves when told. */
export class MovableClock {
  constructor(private current = new Date('2026-11-02T08:00:00.000Z')) {}

  now(): Date {
    return new Date(this.current);
  }

  advance(ms: number): void {
    this.current = new Date(this.current.getTime() + ms);
  }
}
