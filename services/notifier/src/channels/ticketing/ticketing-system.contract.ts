import { MemoryDatabase, MemoryTransactions } from '@handoff/messaging';
import { NOTHING_ALLOWED, openOutbound, type OpenOutbound } from '@handoff/outbound';
import { dispose, type Disposition } from '../../deliver/disposition.decision.js';
import { ticketingOf } from '../../manage-channels/ticketing-setup.decision.js';
import { messageOf } from '../../message/content.decision.js';
import { aDelivery, aRoutedEvent } from '../../notification/notification.builders.js';
import type { Answer } from '../channel.js';
import { MemoryForeignTicketStore } from './foreign-ticket.store.memory.js';
import type { DeskRequest, DeskServer, DeskTicket, Trouble } from './ticketing-server.fixture.js';
import type { SystemName } from './ticketing-system.js';
import { referenceOf } from './ticketing-text.decision.js';
import { TicketingChannel } from './ticketing.channel.js';

/** A system's interface that refuses what the real one refuses, and keeps tickets. */
export interface OpenDesk {
  readonly server: DeskServer;
  tickets(): readonly DeskTicket[];
  /** Removes a ticket, as people there do. */
  remove(id: string): void;
}

export interface TicketingCase {
  readonly system: SystemName;
  readonly open: () => Promise<OpenDesk>;
  /** Credentials and settings that the server takes. */
  readonly credentials: (url: string) => Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Well formed, but not those of the server. */
  readonly wrongCredentials: (url: string) => Readonly<Record<string, unknown>>;
  /** Well formed, but naming what the server does not have. */
  readonly wrongSettings: Readonly<Record<string, unknown>>;
  /** What Handoff itself refuses, with the field that it names. */
  readonly refusedSettings: readonly (readonly [Readonly<Record<string, unknown>>, string])[];
  /** What the severities A and B are there. */
  readonly priorities: { readonly A: string; readonly B: string };
  /** What becomes of a message whose settings the system does not know; `failed` unless it hides refusals behind another status. */
  readonly refusal?: { readonly state: string; readonly code: string };
  /** Whether a request asks for a token, which is not part of the interface proper. */
  readonly isSignIn?: (request: DeskRequest) => boolean;
}

type Told = Parameters<typeof aRoutedEvent>[0];

const CHANNEL_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const LONG_MS = 10_000;
const SHORT_MS = 300;
const POLICY = { allowPrivate: true, allow: NOTHING_ALLOWED };
const HTML: Trouble = { status: 200, text: '<html>Down for maintenance</html>' };

/** What the notifier may expect of every ticketing system. */
export function describeTicketingSystem(title: string, { system, open, credentials, settings, wrongCredentials, wrongSettings, refusedSettings, priorities, refusal = { state: 'failed', code: 'rejected' }, isSignIn = () => false }: TicketingCase): void {
  describe(`tickets in ${title}`, () => {
    let desk: OpenDesk;
    let outbound: OpenOutbound;
    let kept: MemoryForeignTicketStore;
    const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff: () => Promise.resolve() });
    beforeEach(async () => {
      desk = await open();
      outbound = openOutbound({ policy: POLICY, userAgent: 'Handoff/1' });
      kept = new MemoryForeignTicketStore();
    });
    afterEach(async () => {
      await outbound.close();
      await desk.server.close();
    });

    const attempt = (told: Told, { timeoutMs = LONG_MS, given = credentials(desk.server.url), set = settings, departs = false, newsSource = null as string | null, sourceId = null as string | null } = {}): Promise<Answer> => {
      const { address, secret, ticketing } = ticketingOf({ system, url: desk.server.url, credentials: given, settings: set }, POLICY);
      const channel = new TicketingChannel({ outbound, tickets: kept, installation: 'handoff' });
      const delivery = aDelivery(aRoutedEvent(told));
      const { notification } = delivery;
      const departing = { ...delivery, notification: { ...notification, purpose: 'inform' as const, addressee: { ...notification.addressee, purposes: [], mayContact: [] } } };
      const forSource = { ...delivery, notification: { ...notification, destination: 'source/jira-demo', purpose: 'inform' as const } };
      return channel.send(messageOf(sourceId !== null ? forSource : departs ? departing : delivery, { acknowledgeUrl: 'https://handoff.example/a/token' }), { channelId: CHANNEL_ID, baseUrl: address, system: ticketing?.system ?? system, settings: ticketing?.settings, credentials: secret ?? '', newsSource, isSource: sourceId !== null }, AbortSignal.timeout(timeoutMs));
    };
    /** An attempt whose outcome is recorded. */
    const tell = async (told: Told, options: Parameters<typeof attempt>[1] = {}): Promise<Answer> => {
      const answer = await attempt(told, options);
      const foreignTicket = answer.kind === 'accepted' ? answer.foreignTicket : undefined;
      if (foreignTicket !== undefined) await transactions.run((tx) => kept.keep(tx, foreignTicket));
      return answer;
    };
    const fate = (answer: Answer): Disposition => dispose({ answer, step: 1, nowMs: 0, random: 0.5 });
    const onWrites = (trouble: Trouble) => (request: DeskRequest): Trouble | null => (isSignIn(request) || !isWrite(request) ? null : trouble);
    const onReads = (trouble: Trouble) => (request: DeskRequest): Trouble | null => (isSignIn(request) || isWrite(request) ? null : trouble);
    const isWrite = ({ method, path }: DeskRequest): boolean => method !== 'GET' && !path.endsWith('/query');
    /** The first write of a message is done, and its answer lost; everything before and after it works. */
    const loseAnswers = (nth = 1): void => {
      let writes = 0;
      desk.server.trouble = (request) => {
        if (isSignIn(request) || !isWrite(request)) return null;
        writes += 1;
        return writes === nth ? 'lose-answer' : null;
      };
    };
    const heal = (): void => {
      desk.server.trouble = () => null;
    };
    const only = (): DeskTicket => {
      expect(desk.tickets()).toHaveLength(1);
      return desk.tickets()[0] as DeskTicket;
    };
    const first: Told = {};
    const comment: Told = { ticketVersion: 2, change: 'commented', previousQueue: 'isv/contoso', ticket: { comment: { author: 'Ada', body: 'It fails since Monday.', isPublic: true } } };
    const closed: Told = { ticketVersion: 3, change: 'closed', previousQueue: 'isv/contoso' };
    const ticketId = aRoutedEvent().data.ticketId;

    it('are opened by the first message, with what it says, for those who work there', async () => {
      const answer = await tell(first);
      expect(answer).toMatchObject({ kind: 'accepted', receipt: expect.stringMatching(/^Ticket \S+ in /), foreignTicket: { ticketId, toldVersion: 1, toldSeverity: 'B', isClosed: false } });
      expect(only()).toMatchObject({ reference: referenceOf(CHANNEL_ID, ticketId), priority: priorities.B, isClosed: false, isTextPublic: false, notes: [] });
      expect(only().subject).toMatch(/Sign-in fails \(SUP-12\)$/);
      expect(only().text).toMatch(/A new ticket is yours to act on\.[\s\S]*It is your turn \(Contoso Software\)[\s\S]*https:\/\/handoff\.example\/a\/token[\s\S]*Handoff: handoff-[0-9a-f-]{36}, [0-9a-f-]{36}/);
      expect(await kept.find(CHANNEL_ID, ticketId)).toMatchObject({ id: only().id, system, url: expect.stringContaining(desk.server.url.slice(7)) as unknown });
    });

    it('are what a source can be told through: a note on its own ticket, once, that changes nothing else, until it is done', async () => {
      await tell(first);
      const { id, nameInWebhooks: externalId = id, text, priority } = only();
      kept = new MemoryForeignTicketStore();
      const written = (told: Told) => tell({ ...told, ticket: { externalId, severity: 'A', ...told?.ticket } }, { sourceId: externalId });
      await written({ forSource: { party: { role: 'customer', partyId: null }, partyName: null, mayContact: [] } });
      loseAnswers();
      await written({ ticketVersion: 2, change: 'commented', cause: 'replied', previousQueue: 'isv/contoso', ticket: { comment: { author: 'Ben', body: 'It is mended.', isPublic: true } } });
      heal();
      await written({ ticketVersion: 2, change: 'commented', cause: 'replied', previousQueue: 'isv/contoso', ticket: { comment: { author: 'Ben', body: 'It is mended.', isPublic: true } } });
      expect(only()).toMatchObject({ text, priority, isClosed: false, notes: [{ isPublic: false, text: expect.stringMatching(/Handoff-Ticket: handoff\/[\s\S]*It was decided who acts/) }, { isPublic: false, text: expect.stringMatching(/There is an answer[\s\S]*It is mended\./) }] });
      await written({ ticketVersion: 3, change: 'closed', cause: 'resolved', previousQueue: 'isv/contoso' });
      expect(only()).toMatchObject({ isClosed: true, priority });
      expect(only().notes).toHaveLength(3);
    });

    it('are not opened for a source that does not have them', async () => {
      const answer = await attempt({ ticket: { externalId: '4711' } }, { sourceId: '4711' });
      expect([fate(answer).state, desk.tickets()]).toEqual(['failed', []]);
    });

    it('say through which source news of them comes back, and by which ids', async () => {
      const answer = await attempt(first, { newsSource: 'contoso-desk' });
      expect(answer).toMatchObject({ kind: 'accepted', foreignTicket: { news: { source: 'contoso-desk', externalIds: expect.arrayContaining([only().nameInWebhooks ?? only().id]) as unknown } } });
    });

    it('get a note for every later message, internal, and their priority anew only when the severity is another', async () => {
      await tell(first);
      await tell(comment);
      expect(only()).toMatchObject({ priority: priorities.B, isClosed: false, notes: [{ isPublic: false, text: expect.stringMatching(/has a new comment\.[\s\S]*It fails since Monday\./) }] });
      const writes = desk.server.received.length;
      await tell({ ticketVersion: 3, change: 'updated', previousQueue: 'isv/contoso', ticket: { severity: 'A' } });
      expect(only()).toMatchObject({ priority: priorities.A, isClosed: false });
      expect(only().notes).toHaveLength(2);
      expect(desk.server.received.length).toBeGreaterThan(writes);
    });

    it('are resolved when the ticket is closed, and opened again with it', async () => {
      await tell(first);
      expect(await tell(closed)).toMatchObject({ kind: 'accepted', foreignTicket: { isClosed: true, toldVersion: 3 } });
      expect(only()).toMatchObject({ isClosed: true, notes: [{ isPublic: false }] });
      await tell({ ...comment, ticketVersion: 4 });
      expect(only()).toMatchObject({ isClosed: true });
      expect(await tell({ ticketVersion: 5, change: 'updated', previousQueue: 'isv/contoso' })).toMatchObject({ foreignTicket: { isClosed: false } });
      expect(only()).toMatchObject({ isClosed: false });
      expect(only().notes).toHaveLength(3);
    });

    it('are opened and resolved at once when the first that is told of them is their end', async () => {
      await tell(closed);
      expect(only()).toMatchObject({ isClosed: true, notes: [] });
    });

    it('are resolved when they are with others, without a word of what came after, and opened again when they come back', async () => {
      const secret: Told = { ticket: { description: 'What others write.', severity: 'A', comment: { author: 'Ada', body: 'What others say.', isPublic: true } } };
      await tell(first);
      expect(await tell({ ...secret, ticketVersion: 2, change: 'updated', previousQueue: 'isv/contoso', decision: { queue: 'partner/1001' } }, { departs: true })).toMatchObject({ foreignTicket: { isClosed: true, toldSeverity: 'B' } });
      expect(only()).toMatchObject({ isClosed: true, priority: priorities.B, notes: [{ isPublic: false, text: expect.stringContaining('A ticket that was with you is with others now.') as unknown }] });
      expect(JSON.stringify(desk.tickets())).not.toContain('What others');
      await tell({ ticketVersion: 3, change: 'commented', previousQueue: 'partner/1001' });
      expect(only()).toMatchObject({ isClosed: false });
    });

    it('are cut to what the system takes, and found again all the same', async () => {
      const long: Told = { ticket: { subject: `Giriş ${'çalışmıyor '.repeat(90)}`, description: 'Şifre <b> & "x" '.repeat(600), language: 'tr' } };
      await attempt(long);
      expect(await tell(long)).toMatchObject({ kind: 'accepted' });
      expect(only().subject).toMatch(/… \(SUP-12\)$/);
      const longComment: Told = { ...comment, ticket: { ...long.ticket, comment: { author: 'Ada', body: 'Ölçtüm <i> & "y" '.repeat(400), isPublic: true } } };
      await attempt(longComment);
      expect(await tell(longComment)).toMatchObject({ kind: 'accepted' });
      expect(only().notes).toHaveLength(1);
      expect(only().notes[0]?.text).toContain('Ölçtüm <i> & "y" Ölçtüm');
    });

    it('get from a message that was passed by a later one its note alone', async () => {
      await tell(first);
      await tell({ ...closed, ticket: { severity: 'A' } });
      expect(await tell(comment)).toMatchObject({ kind: 'accepted', foreignTicket: { toldVersion: 3, isClosed: true } });
      expect(only()).toMatchObject({ isClosed: true, priority: priorities.A });
      expect(only().notes).toHaveLength(2);
    });

    it('exist once when the answer to their creation was lost, whichever message comes next', async () => {
      loseAnswers();
      expect(fate(await tell(first))).toMatchObject({ state: 'pending' });
      heal();
      expect(await tell(comment)).toMatchObject({ kind: 'accepted' });
      expect(only().notes).toHaveLength(1);
      expect(await tell(first)).toMatchObject({ kind: 'accepted' });
      expect(only().id).toBe((await kept.find(CHANNEL_ID, ticketId))?.id);
    });

    it('are as they would be without trouble when any one answer was lost, or an attempt never recorded', async () => {
      await tell(first);
      for (const nth of [1, 2, 3]) {
        loseAnswers(nth);
        await attempt(closed);
        heal();
      }
      await attempt(closed);
      await tell(closed);
      expect(only()).toMatchObject({ isClosed: true });
      expect(only().notes).toHaveLength(1);
    });

    it('are neither opened nor noted twice when a process ends before it has recorded what it did', async () => {
      await attempt(first);
      await tell(first);
      expect(only().notes).toEqual([]);
      await attempt(comment);
      await tell(comment);
      expect(only().notes).toHaveLength(1);
    });

    it.each<[string, (on: (trouble: Trouble) => (request: DeskRequest) => Trouble | null) => (request: DeskRequest) => Trouble | null, number]>([
      ['HTTP 500', (on) => on({ status: 500, json: { error: 'oops' } }), LONG_MS], ['HTTP 503 without a body', (on) => on({ status: 503 }), LONG_MS],
      ['a page in place of JSON', (on) => on(HTML), LONG_MS], ['no answer', (on) => on('hang'), SHORT_MS], ['a connection that is cut', (on) => on('hang-up'), LONG_MS],
      ['an answer that is cut', (on) => on('cut-answer'), LONG_MS], ['HTTP 409', (on) => on({ status: 409, json: { error: 'conflict' } }), LONG_MS],
    ])('wait for another attempt after %s, at reading and at writing', async (_what, troubleOn, timeoutMs) => {
      for (const on of [onReads, onWrites]) {
        desk.server.trouble = troubleOn(on);
        expect(fate(await tell(first, { timeoutMs }))).toMatchObject({ state: 'pending' });
      }
      heal();
      await tell(first);
      for (const on of [onReads, onWrites]) {
        desk.server.trouble = troubleOn(on);
        expect(fate(await tell(comment, { timeoutMs }))).toMatchObject({ state: 'pending' });
      }
      heal();
      await tell(comment);
      expect(only().notes).toHaveLength(1);
    });

    it('wait for another attempt when a success has nothing of what is documented', async () => {
      for (const on of [onReads, onWrites]) {
        desk.server.trouble = on({ status: 200, json: { unexpected: true } });
        expect(fate(await tell(first))).toMatchObject({ state: 'pending', code: 'malformed' });
      }
    });

    it('wait as long as the system asks', async () => {
      desk.server.trouble = onWrites({ status: 429, headers: { 'retry-after': '37' }, json: { error: 'too many' } });
      expect(fate(await tell(first))).toMatchObject({ state: 'pending', code: 'throttled', nextAttemptAtMs: 37_000 });
    });

    it('fail with what the system says where it knows no such credentials or settings, and tell no secret', async () => {
      const refused = await tell(first, { given: wrongCredentials(desk.server.url) });
      expect(['failed', 'pending']).toContain(fate(refused).state);
      expect(fate(await tell(first, { set: { ...settings, ...wrongSettings } }))).toMatchObject(refusal);
      expect(desk.tickets()).toEqual([]);
      const given = credentials(desk.server.url);
      const secrets = Object.values(given).filter((value): value is string => typeof value === 'string' && !value.startsWith('http'));
      desk.server.trouble = ({ headers, body }) => ({ status: 400, json: { error: `${JSON.stringify(headers)} ${body} ${secrets.join(' ')}` } });
      const told = JSON.stringify(await tell(first));
      const signedIn = desk.server.received.map(({ headers }) => headers.authorization?.split(/[\s=]+/, 2)[1] ?? '');
      for (const secret of [...secrets, ...signedIn].filter(({ length }) => length >= 6)) expect(told).not.toContain(secret);
    });

    it('fail when somebody there removed them', async () => {
      await tell(first);
      desk.remove(only().id);
      expect(fate(await tell(comment))).toMatchObject({ state: 'failed', code: 'rejected' });
      expect(desk.tickets()).toEqual([]);
    });

    it.each([...refusedSettings, [{ unknown: 1 }, '/settings'] as const])('are not opened with settings that are wrong: %j', (wrong, field) => {
      expect(() => ticketingOf({ system, url: desk.server.url, credentials: credentials(desk.server.url), settings: { ...settings, ...wrong } }, POLICY)).toThrow(field);
    });

    it('need credentials of their form, whose refusal repeats none of them', () => {
      const refusal = (given: Readonly<Record<string, unknown>>): unknown => {
        try {
          return ticketingOf({ system, url: desk.server.url, credentials: given, settings }, POLICY);
        } catch (error) {
          return (error as { fields?: unknown }).fields;
        }
      };
      expect(refusal({})).toEqual(expect.arrayContaining([expect.objectContaining({ field: expect.stringMatching(/^\/credentials/) as unknown })]));
      expect(JSON.stringify(refusal({ ...credentials(desk.server.url), extra: 'hunter2hunter2' }))).toMatch(/^(?=.*credentials)(?!.*hunter2)/);
    });
  });
}
