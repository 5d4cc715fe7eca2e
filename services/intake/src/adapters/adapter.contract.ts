import { nameBasedId, problemsOf } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import fc from 'fast-check';
import { ticketReceived } from '../accept/received-ticket.js';
import { type Adapter, type AdapterSettings, isIgnored, type ReportedTicket, type Trust, type WebhookRequest } from './adapter.js';
import { aMutated } from './mutated-payload.samples.js';
import { aMapContext, aRequest, aTrust, RECEIVED_AT } from './webhook.samples.js';

/** A webhook before it is signed. */
export interface Unsigned {
  readonly id: string;
  readonly body: string;
  readonly sentAt: Date;
}

export interface AdapterHarness {
  readonly adapter: Adapter;
  /** Signs as the system does, by code that is not the adapter's; for an adapter without a secret, with a key of the test's. */
  readonly sign: (webhook: Unsigned, secret: string) => Record<string, string>;
  /** A payload about a new ticket, with the external id 'T-1'. */
  readonly created: object;
  /** Further payloads that the system posts, as of updates, comments and in other forms. */
  readonly samples?: readonly object[];
  /** The body that carries a payload; JSON where this is not given. */
  readonly encode?: (payload: object) => string;
  /** Headers whose every bit is protected. */
  readonly protectedHeaders: readonly string[];
  /** Paths without which there is no ticket; none where a payload may say them in several places. */
  readonly requiredPaths: readonly string[];
  /** A payload about another event of the ticket, where the system names events elsewhere than in `id` or `timestamp`. */
  readonly another?: object;
  /** `false` for systems that send a secret and sign nothing; `names-key`: without the body nobody knows by what it is signed. */
  readonly protectsBody?: false | 'names-key';
  /** What the source has set up. */
  readonly settings?: AdapterSettings;
  /** What the signatures need beside secrets, for an adapter without them. */
  readonly download?: Trust['download'];
  readonly url?: string;
}

const NOW = RECEIVED_AT;
const TEST_URL = 'https://intake.example/v1/sources/desk/webhooks';
const WRONG_KINDS: readonly unknown[] = [null, true, 0, -1, 1e308, '', ' ', '\u0000', 'constructor', 'x'.repeat(100_000), [], [null], {}, { toString: null }, [[[]]], '\ud800'];

const UNDERSTOOD = /^(ticket|ignored|400 invalid-json|400 invalid-xml|422 field-missing|422 field-invalid)$/;
const JUDGED = /^(accepted|401 signature-invalid|401 timestamp-stale|415 unsupported-media-type|503 signing-key-unavailable)$/;
const CUTS = 200;
const BITS_SPREAD = 128;
const BITS_STRIDE = 977;
const MUTATIONS = 200;

/** What holds for every adapter. */
export function describeAdapterContract(name: string, harness: AdapterHarness): void {
  const { adapter, sign, created, encode = (payload: object) => JSON.stringify(payload), settings = {} } = harness;
  const form = adapter.secret;
  const secret = form?.generate() ?? '';
  const context = aMapContext({ settings });
  const samples = [created, ...(harness.another === undefined ? [] : [harness.another]), ...(harness.samples ?? [])];
  const unsigned: Unsigned = { id: 'msg-1', body: encode(created), sentAt: NOW };
  const trust = aTrust({ secrets: form === null ? [] : [secret], toleranceSeconds: adapter.defaultToleranceSeconds, settings, ...(harness.download === undefined ? {} : { download: harness.download }) });
  const requestOf = (webhook: Unsigned, by: string): WebhookRequest => aRequest({ headers: sign(webhook, by), rawBody: Buffer.from(webhook.body), ...(harness.url === undefined ? {} : { url: harness.url }) });
  const signed = (webhook: Unsigned = unsigned, by = secret): WebhookRequest => requestOf(webhook, by);
  const verdict = async (request: WebhookRequest, by: Trust = trust): Promise<string> => {
    try {
      await adapter.verify(request, by);
      return 'accepted';
    } catch (error) {
      return error instanceof Problem ? `${error.status} ${error.code}` : String(error);
    }
  };
  const acceptedOf = async (requests: readonly WebhookRequest[]): Promise<WebhookRequest[]> => {
    const verdicts = await Promise.all(requests.map((request) => verdict(request)));
    return requests.filter((_, index) => verdicts[index] !== '401 signature-invalid');
  };

  describe(`${name}: trust`, () => {
    it('believes a webhook that was signed as the system signs', async () => {
      expect(await verdict(signed())).toBe('accepted');
    });

    if (harness.protectsBody !== false) {
      it(harness.protectsBody === 'names-key' ? 'refuses an empty body, which names no key' : 'believes an empty body that was signed', async () => {
        expect(await verdict(signed({ ...unsigned, body: '' }))).toBe(harness.protectsBody === 'names-key' ? '401 signature-invalid' : 'accepted');
      });

      it('refuses a body with one bit changed, whichever bit', async () => {
        const request = signed();
        expect(await acceptedOf(bitsOf(request.rawBody).map((rawBody) => ({ ...request, rawBody })))).toEqual([]);
      });

      it('refuses every sample with one bit of the body changed, here and there', async () => {
        const changed = samples.flatMap((payload) => {
          const request = signed({ ...unsigned, body: encode(payload) });
          return someBitsOf(request.rawBody).map((rawBody) => ({ ...request, rawBody }));
        });
        expect(await acceptedOf(changed)).toEqual([]);
      });
    }

    it('refuses every sample with one bit of its proof changed, here and there', async () => {
      const changed = samples.flatMap((payload) => {
        const request = signed({ ...unsigned, body: encode(payload) });
        return harness.protectedHeaders.flatMap((header) => someBitsOf(Buffer.from(String(request.headers[header]), 'latin1')).map((bytes) => ({ ...request, headers: { ...request.headers, [header]: bytes.toString('latin1') } })));
      });
      expect(await acceptedOf(changed)).toEqual([]);
    });

    it.each(harness.protectedHeaders)("refuses '%s' with one bit changed, whichever bit", async (header) => {
      const request = signed();
      const changed = bitsOf(Buffer.from(String(request.headers[header]), 'latin1')).map((bytes) => ({ ...request, headers: { ...request.headers, [header]: bytes.toString('latin1') } }));
      expect(changed.length).toBeGreaterThan(0);
      expect(await acceptedOf(changed)).toEqual([]);
    });

    it.each(harness.protectedHeaders)("refuses a webhook without '%s', and one that has it twice", async (header) => {
      const request = signed();
      const values = [undefined, '', [String(request.headers[header]), String(request.headers[header])]];
      expect(await acceptedOf(values.map((value) => ({ ...request, headers: { ...request.headers, [header]: value } })))).toEqual([]);
    });

    it('names the header that it expects, and never a secret', async () => {
      const refuse = async (): Promise<void> => adapter.verify(aRequest({ rawBody: Buffer.from('{}') }), trust);
      const problem = await refuse().then(() => null, (error: unknown) => error as Problem);
      expect(problem?.detail.toLowerCase()).toContain(String(harness.protectedHeaders[0]));
      if (secret !== '') expect(problem?.detail).not.toContain(secret);
    });

    if (form !== null) {
      it('believes either secret while one replaces the other', async () => {
        const next = form.generate();
        for (const by of [secret, next]) expect(await verdict(signed(unsigned, by), { ...trust, secrets: [next, secret] })).toBe('accepted');
      });

      it('refuses another secret, and any webhook where no secret holds', async () => {
        expect(await verdict(signed(unsigned, form.generate()))).toBe('401 signature-invalid');
        expect(await verdict(signed(), { ...trust, secrets: [] })).toBe('401 signature-invalid');
      });

      it('makes secrets that it takes itself, each time another, and refuses short ones', () => {
        expect(form.problem(secret)).toBeNull();
        expect(form.generate()).not.toBe(secret);
        expect(form.problem('short')).toMatch(/\.$/);
      });
    }

    it('tells a person how to connect the system, with the address to post to', () => {
      const steps = adapter.setup({ webhookUrl: 'https://intake.example/v1/sources/desk/webhooks', secret: 'the-secret-of-the-source' });
      const shown = steps.map(({ text, snippet }) => `${text} ${snippet?.content ?? ''}`).join('\n');
      expect(shown).toContain('https://intake.example/v1/sources/desk/webhooks');
      expect(steps.length).toBeGreaterThan(1);
    });
  });

  if (form !== null) {
    describe(`${name}: a test webhook`, () => {
      const testOf = (number: string): WebhookRequest => {
        const request = adapter.testWebhook?.({ webhookUrl: TEST_URL, secret, settings, now: NOW, number, subject: 'Test of Handoff', description: 'Nothing needs to be done.' });
        if (request === undefined || request === null) throw new Error(`${name} shares a secret with its sources, and makes no test webhook by it.`);
        return request;
      };
      const ticketsOf = (request: WebhookRequest): ReturnType<Adapter['map']>[] => adapter.read(request).map((payload) => adapter.map(payload, context));

      it('is believed, and makes a new ticket that says that it is a test', async () => {
        const request = testOf('793606400001');
        expect(await verdict(request)).toBe('accepted');
        const [ticket, ...others] = ticketsOf(request) as ReportedTicket[];
        expect([ticket, others]).toMatchObject([{ change: 'created', externalId: expect.stringContaining('793606400001') }, []]);
        expect(verdictOn(ticket as ReportedTicket)).toBe('ticket');
        expect(ticket?.isThin === true ? 'thin' : ticket?.fields.subject).toMatch(/^Test of Handoff|^thin$/);
      });

      it('is signed by the secret that it was given, and by no other', async () => {
        expect(await verdict(testOf('793606400001'), { ...trust, secrets: [form.generate()] })).toBe('401 signature-invalid');
      });

      it('is posted to the source, as a post', () => {
        expect([testOf('793606400001').method, testOf('793606400001').url]).toEqual(['POST', TEST_URL]);
      });

      it('is another event, about another ticket, each time', () => {
        const requests = ['793606400001', '793606400002'].map(testOf);
        expect(new Set(requests.map((request) => adapter.recognise(request, adapter.read(request)[0]))).size).toBe(2);
      });
    });
  }

  describe(`${name}: tickets`, () => {
    const key = (request: WebhookRequest): string => adapter.recognise(request, adapter.read(request)[0]);
    const payload = adapter.read(signed())[0] as object;

    it('recognises a delivery that is repeated', () => {
      expect(nameBasedId('received', 's', key(signed()))).toBe(nameBasedId('received', 's', key(signed())));
    });

    it('tells one event from another', () => {
      const other = { ...unsigned, id: 'msg-2', body: encode(harness.another ?? { ...created, id: 'other', timestamp: 5 }) };
      expect(key(signed(other))).not.toBe(key(signed()));
    });

    it('tells what it does not understand from other things that it does not understand', () => {
      const keys = [1, 2].map((number) => {
        try {
          return key(signed({ ...unsigned, id: `msg-${number}`, body: JSON.stringify({ noted: number }) }));
        } catch {
          return null;
        }
      });
      if (!keys.includes(null)) expect(new Set(keys).size).toBe(2);
    });

    it('reads a new ticket', () => {
      expect(adapter.map(payload, context)).toMatchObject({ externalId: 'T-1', change: 'created' });
    });

    if (harness.requiredPaths.length > 0) it.each(harness.requiredPaths)("asks for '%s' by name where it is missing", (path) => {
      const problem = problemOf(() => adapter.map(replaced(payload, path, undefined), context));
      expect([problem?.status, problem?.code, problem?.fields[0]?.field]).toEqual([422, 'field-missing', path]);
    });

    it.each(['', '{', 'null', '\u0000', '<a>', '[[[[', '\xff'])('refuses the body %j, or reads no ticket from it', (body) => {
      const request = aRequest({ rawBody: Buffer.from(body, 'latin1') });
      const outcome = outcomeOf(() => adapter.read(request).map((each) => adapter.map(each, context))[0] ?? { ignored: true, reason: '' });
      expect(outcome).toMatch(/^(400|422) |^ignored$/);
    });

    it.each([['lists', '[', ']'], ['objects', '{"a":', '}'], ['elements', '<b>', '</b>']])('refuses a body of %s in one another, however many', (_what, open, close) => {
      const outcomes = outcomesOf(aRequest({ headers: signed().headers, rawBody: Buffer.from(`${open.repeat(50_000)}0${close.repeat(50_000)}`) }));
      expect(outcomes).toEqual([expect.stringMatching(/^4/)]);
    });

    it.each([null, true, 7, 'text', [], [[]]])('refuses %j, which is no object', (value) => {
      expect(codeOf(() => adapter.map(value, context))).toMatch(/^422 /);
    });

    it('reads or clearly refuses a payload with anything of a wrong kind anywhere', () => {
      const outcomes = pathsOf(payload).flatMap((path) => WRONG_KINDS.map((value) => outcomeOf(() => adapter.map(replaced(payload, path, value), context))));
      expect(outcomes.filter((outcome) => !UNDERSTOOD.test(outcome))).toEqual([]);
    });

    it('reads every sample', () => {
      const outcomes = samples.flatMap((sample) => outcomesOf(signed({ ...unsigned, body: encode(sample) })));
      expect(outcomes.filter((outcome) => !/^(ticket|ignored)$/.test(outcome))).toEqual([]);
    });

    it('reads or clearly refuses every sample that was cut off, wherever', () => {
      const outcomes = samples.flatMap((sample) => {
        const body = Buffer.from(encode(sample));
        return Array.from({ length: CUTS }, (_, cut) => outcomesOf(aRequest({ headers: signed().headers, rawBody: body.subarray(0, Math.floor((body.length * cut) / CUTS)) }))).flat();
      });
      expect(outcomes.filter((outcome) => !UNDERSTOOD.test(outcome))).toEqual([]);
    });

    it('judges, and reads or clearly refuses, whatever stands in place of what it knows', async () => {
      await fc.assert(fc.asyncProperty(aMutated(samples), async (mutated) => {
        const body = encodedOrNull(mutated);
        fc.pre(body !== null);
        const request = signed({ ...unsigned, body: body ?? '' });
        expect(await verdict(request)).toMatch(JUDGED);
        for (const outcome of outcomesOf(request)) expect(outcome).toMatch(UNDERSTOOD);
      }), { numRuns: MUTATIONS });
    });

    it('maps or clearly refuses what it read, whatever stands in it', () => {
      const read = samples.flatMap((sample) => adapter.read(signed({ ...unsigned, body: encode(sample) })));
      const request = signed();
      fc.assert(fc.property(aMutated(read), (mutated) => expect(outcomeOn(request, mutated)).toMatch(UNDERSTOOD)), { numRuns: MUTATIONS });
    });
  });

  /** What becomes of each event of a delivery, or of the whole where it cannot be read. */
  function outcomesOf(request: WebhookRequest): string[] {
    try {
      return adapter.read(request).map((payload) => outcomeOn(request, payload));
    } catch (error) {
      return [error instanceof Problem ? `${error.status} ${error.code}` : String(error)];
    }
  }

  function outcomeOn(request: WebhookRequest, payload: unknown): string {
    return outcomeOf(() => {
      nameBasedId('received', 's', adapter.recognise(request, payload));
      return adapter.map(payload, context);
    });
  }

  /** `null` where the body of a system cannot hold such a thing, as a list in place of XML's elements. */
  function encodedOrNull(payload: unknown): string | null {
    try {
      return encode(payload as object);
    } catch {
      return null;
    }
  }
}

function outcomeOf(map: () => ReturnType<Adapter['map']>): string {
  try {
    const outcome = map();
    return isIgnored(outcome) ? 'ignored' : verdictOn(outcome);
  } catch (error) {
    return error instanceof Problem ? `${error.status} ${error.code}` : String(error);
  }
}

/** Whether the event of a ticket is one that its schema allows. */
function verdictOn(ticket: ReportedTicket): string {
  const event = ticketReceived({ source: 's', sourceParty: null, idempotencyKey: 'k', ticket, traceparent: '', receivedAt: NOW });
  return problemsOf(event.type, event.data)?.join('; ') || 'ticket';
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

/** The bytes with one bit changed, for some bits all over them: the stride is prime, so that it meets each bit of a byte. */
function someBitsOf(bytes: Buffer): Buffer[] {
  const all = bytes.length * 8;
  return Array.from({ length: Math.min(BITS_SPREAD, all) }, (_, index) => {
    const bit = (index * BITS_STRIDE) % all;
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
