import { nameBasedId } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import { type Adapter, isIgnored, type MapContext, type Trust, type WebhookRequest } from './adapter.js';

/** A webhook before it is signed. */
export interface Unsigned {
  readonly id: string;
  readonly body: string;
  readonly sentAt: Date;
}

export interface AdapterHarness {
  readonly adapter: Adapter;
  /** Signs as the system does, by code that is not the adapter's. */
  readonly sign: (webhook: Unsigned, secret: string) => Record<string, string>;
  /** A payload about a new ticket, with the external id 'T-1'. */
  readonly created: object;
  /** Headers whose every bit is protected. */
  readonly protectedHeaders: readonly string[];
  /** Paths without which there is no ticket. */
  readonly requiredPaths: readonly string[];
}

const NOW = new Date('2026-11-02T08:00:00.000Z');
const CONTEXT: MapContext = { severities: {}, receivedAt: NOW };
const WRONG_KINDS: readonly unknown[] = [null, true, 0, -1, 1e308, '', ' ', '\u0000', 'x'.repeat(100_000), [], [null], {}, { toString: null }, [[[]]], '\ud800'];

/** What holds for every adapter. */
export function describeAdapterContract(name: string, harness: AdapterHarness): void {
  const { adapter, sign, created } = harness;
  const secret = adapter.generateSecret();
  const unsigned: Unsigned = { id: 'msg-1', body: JSON.stringify(created), sentAt: NOW };
  const trust: Trust = { secrets: [secret], now: NOW, toleranceSeconds: adapter.defaultToleranceSeconds };
  const signed = (webhook: Unsigned = unsigned, by = secret): WebhookRequest => ({ headers: sign(webhook, by), rawBody: Buffer.from(webhook.body) });

  describe(`${name}: trust`, () => {
    it('believes a webhook that was signed with the secret', () => {
      expect(() => adapter.verify(signed(), trust)).not.toThrow();
    });

    it('believes an empty body that was signed', () => {
      expect(() => adapter.verify(signed({ ...unsigned, body: '' }), trust)).not.toThrow();
    });

    it('believes either secret while one replaces the other', () => {
      const next = adapter.generateSecret();
      for (const by of [secret, next]) expect(() => adapter.verify(signed(unsigned, by), { ...trust, secrets: [next, secret] })).not.toThrow();
    });

    it('refuses another secret, and any webhook where no secret holds', () => {
      expect(codeOf(() => adapter.verify(signed(unsigned, adapter.generateSecret()), trust))).toBe('401 signature-invalid');
      expect(codeOf(() => adapter.verify(signed(), { ...trust, secrets: [] }))).toBe('401 signature-invalid');
    });

    it('refuses a body with one bit changed, whichever bit', () => {
      const request = signed();
      const accepted = bitsOf(request.rawBody).filter((rawBody) => codeOf(() => adapter.verify({ ...request, rawBody }, trust)) !== '401 signature-invalid');
      expect(accepted).toEqual([]);
    });

    it.each(harness.protectedHeaders)("refuses '%s' with one bit changed, whichever bit", (header) => {
      const request = signed();
      const changed = bitsOf(Buffer.from(String(request.headers[header]), 'latin1')).map((bytes) => bytes.toString('latin1'));
      const accepted = changed.filter((value) => codeOf(() => adapter.verify({ ...request, headers: { ...request.headers, [header]: value } }, trust)) !== '401 signature-invalid');
      expect(changed.length).toBeGreaterThan(0);
      expect(accepted).toEqual([]);
    });

    it.each(harness.protectedHeaders)("refuses a webhook without '%s', and one that has it twice", (header) => {
      const request = signed();
      for (const value of [undefined, '', [String(request.headers[header]), String(request.headers[header])]]) {
        expect(codeOf(() => adapter.verify({ ...request, headers: { ...request.headers, [header]: value } }, trust))).toBe('401 signature-invalid');
      }
    });

    it('names the header that it expects, and never a secret', () => {
      const problem = problemOf(() => adapter.verify({ headers: {}, rawBody: Buffer.from('{}') }, trust));
      expect(problem?.detail.toLowerCase()).toContain(String(harness.protectedHeaders[0]));
      expect(problem?.detail).not.toContain(secret);
    });

    it('makes secrets that it takes itself, each time another, and refuses short ones', () => {
      expect(adapter.secretProblem(secret)).toBeNull();
      expect(adapter.generateSecret()).not.toBe(secret);
      expect(adapter.secretProblem('short')).toMatch(/\.$/);
    });
  });

  describe(`${name}: tickets`, () => {
    const key = (request: WebhookRequest): string => adapter.recognise(request, JSON.parse(request.rawBody.toString()));

    it('recognises a delivery that is repeated', () => {
      expect(nameBasedId('received', 's', key(signed()))).toBe(nameBasedId('received', 's', key(signed())));
    });

    it('tells one event from another', () => {
      const other = { ...unsigned, id: 'msg-2', body: JSON.stringify({ ...created, id: 'other', timestamp: 5 }) };
      expect(key(signed(other))).not.toBe(key(signed()));
    });

    it('reads a new ticket', () => {
      const ticket = adapter.map(created, CONTEXT);
      expect(ticket).toMatchObject({ externalId: 'T-1', change: 'created', fields: { subject: 'Sign-in fails' } });
    });

    it.each(harness.requiredPaths)("asks for '%s' by name where it is missing", (path) => {
      const problem = problemOf(() => adapter.map(replaced(created, path, undefined), CONTEXT));
      expect([problem?.status, problem?.code, problem?.fields[0]?.field]).toEqual([422, 'field-missing', path]);
    });

    it.each([null, true, 7, 'text', [], [[]]])('refuses %j, which is no object', (payload) => {
      expect(codeOf(() => adapter.map(payload, CONTEXT))).toMatch(/^422 /);
    });

    it('reads or clearly refuses a payload with anything of a wrong kind anywhere', () => {
      const outcomes = pathsOf(created).flatMap((path) => WRONG_KINDS.map((value) => outcomeOf(() => adapter.map(replaced(created, path, value), CONTEXT))));
      expect(outcomes.filter((outcome) => !['ticket', 'ignored', '422 field-missing', '422 field-invalid'].includes(outcome))).toEqual([]);
    });
  });
}

function outcomeOf(map: () => ReturnType<Adapter['map']>): string {
  try {
    return isIgnored(map()) ? 'ignored' : 'ticket';
  } catch (error) {
    return error instanceof Problem ? `${error.status} ${error.code}` : String(error);
  }
}

export function problemOf(act: () => unknown): Problem | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

export function codeOf(act: () => unknown): string {
  const problem = problemOf(act);
  return problem === null ? 'accepted' : `${problem.status} ${problem.code}`;
}

/** The bytes with each single bit changed in turn. */
function bitsOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return changed;
  });
}

function pathsOf(value: unknown, parent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${parent}${key}`, ...pathsOf(inner, `${parent}${key}.`)]);
}

/** A copy with another value at a path; `undefined` takes the key away. */
export function replaced(payload: object, path: string, value: unknown): object {
  const copy = structuredClone(payload) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const place = keys.reduce((inner, key) => inner[key] as Record<string, unknown>, copy);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}
