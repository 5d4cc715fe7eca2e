/** Places for calls under way; who finds none waits in line. */
export class Places {
  private used = 0;
  private readonly line: (() => void)[] = [];

  get inUse(): number {
    return this.used;
  }

  get waiting(): number {
    return this.line.length;
  }

  /** Whether there was a place in time. `patience` is asked only where there is a line; it may end when the signal says that the turn has come, and never rejects. */
  async take(max: number, patience: (served: AbortSignal) => Promise<void>): Promise<boolean> {
    if (this.used < max) {
      this.used += 1;
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const turn = (): void => resolve(true);
    this.line.push(turn);
    const served = new AbortController();
    void patience(served.signal).then(() => {
      const at = this.line.indexOf(turn);
      if (at >= 0) this.line.splice(at, 1);
      resolve(false);
    });
    const taken = await promise;
    served.abort();
    return taken;
  }

  /** The place goes to the first in line. */
  leave(): void {
    const next = this.line.shift();
    if (next === undefined) this.used -= 1;
    else next();
  }
}
