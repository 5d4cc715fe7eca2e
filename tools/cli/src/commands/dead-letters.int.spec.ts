import { parsedJson } from '../json-reading.js';
import { type Behaviours, guarded, problem, StandIn } from '../stand-in.testing.js';

const ID = '6d1f9c53-7a0e-4b7b-8b0c-1f2a3b4c5d6e';
const PATH = `/v1/dead-letters/${ID}`;
const DEAD = {
  id: ID, state: 'dead', reason: 'handler-failed', detail: 'The offer has no publisher.', errorName: 'TypeError', topic: 'handoff.intake', partition: 7, offset: '4711', ticketId: 't-1', type: 'handoff.ticket.received.v1',
  eventId: 'e-1', attempts: 6, setAsideAt: '2026-11-02T08:00:00.000Z', deadAt: '2026-11-02T16:35:35.000Z', nextRetryAt: null, waitsFor: null, behind: 2, isEdited: false, settled: null,
};
const WHOLE = {
  ...DEAD, headers: [{ name: 'ce_id', text: 'e-1', encoding: 'utf8' }, { name: 'bin', text: 'AP8=', encoding: 'base64' }], value: { text: '{"ticketId":"t-1"}', encoding: 'utf8' }, editedValue: null,
  history: [{ at: '2026-11-02T08:00:00.000Z', what: 'set-aside', code: 'handler-failed' }, { at: '2026-11-03T08:00:00.000Z', what: 'retry-asked', by: 'Ada', note: 'Mended.' }],
};

/** All services are the same server here: the second and third answer to a path are the notifier's and the console's. */
const EMPTY = { status: 200, body: { items: [], next: null } };
const SERVICES: Behaviours = {
  'GET /v1/dead-letters': guarded((_received, nth) => (nth === 0 ? { status: 200, body: { items: [DEAD], next: null } } : EMPTY)),
  [`GET ${PATH}`]: guarded(() => ({ status: 200, body: WHOLE })),
};

const open: StandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function installation(changes: Behaviours = {}): Promise<StandIn> {
  const standIn = await StandIn.start({ ...SERVICES, ...changes });
  open.push(standIn);
  return standIn;
}

const posted = (standIn: StandIn): readonly unknown[] => standIn.received.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, parsedJson(body.toString())]);
/** The first look finds it dead, those after the retry find this. */
const afterwards = (letter: object): Behaviours => ({
  [`GET ${PATH}`]: guarded((_received, nth) => ({ status: 200, body: nth === 0 ? WHOLE : { ...WHOLE, ...letter } })),
  [`POST ${PATH}/retry`]: guarded(() => ({ status: 202, body: { ...DEAD, state: 'retrying' } })),
});

describe('handoff dead-letters list', () => {
  it('lists what each service set aside', async () => {
    const standIn = await installation();
    const { exitCode, out } = await standIn.run(['dead-letters', 'list', '--state', 'dead', '--ticket', 't-1']);
    expect(exitCode).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['ID', 'SERVICE', 'STATE', 'REASON', 'TYPE', 'TICKET', 'BEHIND', 'NEXT RETRY', 'DETAIL'],
      [ID, expect.stringMatching(/^(routing|notifier|console)$/), 'dead', 'handler-failed', 'handoff.ticket.received.v1', 't-1', '2', '-', 'The offer has no publisher.'],
      [''],
    ]);
    expect(standIn.received.map(({ path }) => path)).toEqual(Array(3).fill('/v1/dead-letters'));
  });

  it('says that nothing is set aside, and that to programs as an empty list', async () => {
    const standIn = await installation({ 'GET /v1/dead-letters': guarded(() => EMPTY) });
    expect((await standIn.run(['dead-letters', 'list'])).out).toBe('Nothing is set aside.\n');
    expect(parsedJson((await standIn.run(['dead-letters', 'list', '--json'])).out)).toEqual({ items: [], hasMore: false, failures: [] });
  });

  it('shows what one service has where the other does not answer, and exits with 1', async () => {
    const standIn = await installation();
    const { exitCode, out, err } = await standIn.run(['dead-letters', 'list', '--url-notifier', 'http://127.0.0.1:9']);
    expect(exitCode).toBe(1);
    expect(out).toContain(`${ID}  routing`);
    expect(err).toContain('Nothing answers at http://127.0.0.1:9');
  });

  it('knows no other state', async () => {
    expect((await (await installation()).run(['dead-letters', 'list', '--state', 'gone'])).exitCode).toBe(2);
  });
});

describe('handoff dead-letters show', () => {
  it('shows one whole', async () => {
    const { exitCode, out } = await (await installation()).run(['dead-letters', 'show', ID]);
    expect(exitCode).toBe(0);
    for (const line of ['Came from     handoff.intake, partition 7, offset 4711', 'State         dead since 2026-11-02T16:35:35.000Z: retry it, or discard it', 'Headers       ce_id: e-1', '              bin: AP8= (base64)', '2026-11-03T08:00:00.000Z  retry-asked  Ada  Mended.', 'Value         {"ticketId":"t-1"}']) expect(out).toContain(line);
  });

  it('says where no service has it', async () => {
    const { exitCode, err } = await (await installation({ [`GET ${PATH}`]: guarded(() => problem(404, 'dead-letter-unknown', 'No.')) })).run(['dead-letters', 'show', ID]);
    expect([exitCode, err]).toEqual([1, expect.stringContaining('None of the services')]);
  });
});

describe('handoff dead-letters retry', () => {
  it('tries one again and says that it was handled', async () => {
    const standIn = await installation(afterwards({ state: 'retried' }));
    const { exitCode, out } = await standIn.run(['dead-letters', 'retry', ID, '--by', 'Ada', '--note', 'Mended.']);
    expect([exitCode, out]).toEqual([0, `${ID} was handled; later events of its ticket follow.\n`]);
    expect(posted(standIn)).toEqual([[`${PATH}/retry`, { by: 'Ada', note: 'Mended.' }]]);
  });

  it('says that it failed again, and exits with 1', async () => {
    const { exitCode, out } = await (await installation(afterwards({ attempts: 7 }))).run(['dead-letters', 'retry', ID]);
    expect([exitCode, out]).toEqual([1, expect.stringContaining('failed again, with handler-failed: The offer has no publisher.')]);
  });

  it('says that it was not tried yet', async () => {
    const { exitCode, out } = await (await installation(afterwards({ state: 'retrying' }))).run(['dead-letters', 'retry', ID, '--wait', '0', '--json']);
    expect([exitCode, parsedJson(out)]).toEqual([0, expect.objectContaining({ outcome: 'pending', id: ID })]);
  });

  it('puts other data in the place of its own', async () => {
    const standIn = await installation(afterwards({ state: 'retried' }));
    expect((await standIn.run(['dead-letters', 'retry', ID, '--value', '-'], { input: '{"ticketId": "t-1"}' })).exitCode).toBe(0);
    expect(posted(standIn)).toEqual([[`${PATH}/retry`, { value: { ticketId: 't-1' } }]]);
  });

  it('passes on why it cannot be retried', async () => {
    const standIn = await installation({ [`POST ${PATH}/retry`]: guarded(() => problem(409, 'dead-letter-waits', 'An earlier event of the same ticket is set aside.')) });
    const { exitCode, out } = await standIn.run(['dead-letters', 'retry', ID, '--json']);
    expect([exitCode, parsedJson(out)]).toEqual([1, { error: expect.objectContaining({ code: 'dead-letter-waits', status: 409 }) }]);
  });

  it('tries all of a reason, at each service until there are no more', async () => {
    const standIn = await installation({ 'POST /v1/dead-letters/retry': guarded((_received, nth) => ({ status: 202, body: { retrying: nth >= 2 ? 0 : 5, hasMore: nth === 0 } })) });
    const { exitCode, out } = await standIn.run(['dead-letters', 'retry', '--reason', 'handler-failed']);
    expect([exitCode, out]).toEqual([0, 'routing: 10 will be tried within seconds, the earliest first\nnotifier: none failed so\nconsole: none failed so\n']);
    expect(posted(standIn)[0]).toEqual(['/v1/dead-letters/retry', { reason: 'handler-failed' }]);
  });

  it.each([[[]], [[ID, '--reason', 'handler-failed']], [['--reason', 'handler-failed', '--value', '-']]])('wants either one or a reason (%j)', async (args) => {
    expect((await (await installation()).run(['dead-letters', 'retry', ...args])).exitCode).toBe(2);
  });
});

describe('handoff dead-letters discard', () => {
  it('gives one up, with who and why', async () => {
    const standIn = await installation({ [`POST ${PATH}/discard`]: guarded(() => ({ status: 200, body: { ...DEAD, state: 'discarded' } })) });
    const { exitCode, out } = await standIn.run(['dead-letters', 'discard', ID, '--by', 'Ada', '--note', 'Sent twice.']);
    expect([exitCode, out]).toEqual([0, `${ID} is discarded. 2 later events of its ticket go on.\n`]);
    expect(posted(standIn)).toEqual([[`${PATH}/discard`, { by: 'Ada', note: 'Sent twice.' }]]);
  });

  it('wants to know who and why', async () => {
    expect((await (await installation()).run(['dead-letters', 'discard', ID, '--by', 'Ada'])).exitCode).toBe(2);
  });
});
