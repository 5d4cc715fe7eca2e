import { randomUUID } from 'node:crypto';

const HEADER = 'x-handoff-test';

/** By which this process knows a webhook that it posted to itself, whose address says nothing about its source's system. */
export class TestMark {
  private readonly token = randomUUID();

  headers(): Readonly<Record<string, string>> {
    return { [HEADER]: this.token };
  }

  isOn(headers: Readonly<Record<string, unknown>>): boolean {
    return headers[HEADER] === this.token;
  }
}
