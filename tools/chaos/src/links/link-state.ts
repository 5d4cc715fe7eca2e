/** What is wrong with a link now. All of it can be wrong at once. */
export class LinkState {
  isCut = false;
  delayMs = 0;
  losesAnswers = false;
  refusesWrites = false;
  private stalled: PromiseWithResolvers<void> | undefined;

  get isStalled(): boolean {
    return this.stalled !== undefined;
  }

  stall(): void {
    this.stalled ??= Promise.withResolvers<void>();
  }

  goOn(): void {
    this.stalled?.resolve();
    this.stalled = undefined;
  }

  /** Resolves when bytes may pass. */
  async passable(): Promise<void> {
    await this.stalled?.promise;
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
  }

  heal(): void {
    this.isCut = false;
    this.delayMs = 0;
    this.losesAnswers = false;
    this.refusesWrites = false;
    this.goOn();
  }
}
