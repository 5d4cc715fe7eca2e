import type { Area, EventOf, TicketFields } from '@handoff/contracts';
import { inLanguage } from '@handoff/matrix';
import { aTicketReceived } from '@handoff/testing';
import { mergeTicket, withDefaults } from '../tickets/merge-ticket.decision.js';
import type { TicketState, WordsSay } from '../tickets/ticket.js';
import { areaReasons } from './area-reasons.decision.js';
import { type Classifier, withWords } from './area.decision.js';

type Received = EventOf<'handoff.ticket.received.v1'>;

const at = (hour: number): string => `2026-11-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
/** What a source tells at an hour; without an area unless one is given. */
const told = (hour: number, ticket: TicketFields = {}, defaults?: TicketFields): Received['data'] =>
  aTicketReceived({ occurredAt: at(hour), change: hour === 8 ? 'created' : 'updated', ticket: { area: undefined, ...ticket } as TicketFields, ...(defaults === undefined ? {} : { defaults }) }).data;
const after = (...events: Received['data'][]): TicketState => events.reduce<TicketState | null>((state, event) => mergeTicket(state, event), null) as TicketState;
const person = (state: TicketState, area: Area, hour: number): TicketState => ({ ...state, personsWord: { area, by: 'ada', at: at(hour), note: null, over: state.area ?? null } });
const who = (state: TicketState) => {
  const { area, areaBasis } = withDefaults(state);
  return [area ?? null, areaBasis ?? null];
};
const wordsSay: WordsSay = { area: 'break-fix', confidence: 0.8, words: ['crashes'], language: 'en' };
const sayBreakFix: Classifier = () => wordsSay;

describe('who says what a ticket is about', () => {
  it.each([
    ['the source, where its payload names one', after(told(8, { area: 'payment', areaBasis: 'source' }, { area: 'user-support' })), ['payment', 'source']],
    ['the mapping, where a rule of it fits', after(told(8, { area: 'payment', areaBasis: 'mapping' }, { area: 'user-support' })), ['payment', 'mapping']],
    ["the mapping's default, where nothing else does", after(told(8, {}, { area: 'user-support' })), ['user-support', 'mapping']],
    ['the words, where nobody does', { ...after(told(8)), wordsSay }, ['break-fix', 'classifier']],
    ['the words, where the source says that the area is empty', { ...after(told(8, { area: null }, { area: 'user-support' })), wordsSay }, ['break-fix', 'classifier']],
    ['a person, over all of them', person({ ...after(told(8, { area: 'payment', areaBasis: 'source' })), wordsSay }, 'training', 9), ['training', 'person']],
    ['nobody, where nothing is known', after(told(8)), [null, null]],
    ['an older intake, which did not say who', after(told(8, { area: 'payment' })), ['payment', null]],
  ])('is %s', (_who, state, expected) => {
    expect(who(state)).toEqual(expected);
  });

  it('stays with the area that it belongs to, in whatever order events come', () => {
    expect(who(after(told(9, { area: 'payment', areaBasis: 'mapping' }), told(8, { area: 'training', areaBasis: 'source' })))).toEqual(['payment', 'mapping']);
    expect(who(after(told(9), told(8, { area: 'training', areaBasis: 'source' })))).toEqual(['training', 'source']);
    expect(who(after(told(8, { area: 'training', areaBasis: 'source' }), told(9, { area: 'payment' })))).toEqual(['payment', null]);
    expect(who(after(told(8, { area: 'training', areaBasis: 'source' }), told(9, { severity: 'A' })))).toEqual(['training', 'source']);
  });
});

describe("a person's word", () => {
  const spoken = person(after(told(8, { area: 'payment', areaBasis: 'mapping' })), 'training', 10);

  it.each([
    ['an update without an area', told(11, { subject: 'New' })],
    ['an update that says the area is empty', told(11, { area: null })],
    ['an update that repeats what the source had said', told(11, { area: 'payment', areaBasis: 'mapping' })],
    ['news that are older than the word', told(9, { area: 'user-support', areaBasis: 'source' })],
    ['an event that comes late', told(7, { area: 'user-support', areaBasis: 'source' })],
  ])('outlasts %s', (_what, event) => {
    expect(who(mergeTicket(spoken, event))).toEqual(['training', 'person']);
  });

  it('gives way to a source that names another area later', () => {
    expect(who(mergeTicket(spoken, told(11, { area: 'user-support', areaBasis: 'source' })))).toEqual(['user-support', 'source']);
    const onNothing = person(after(told(8)), 'training', 10);
    expect(who(mergeTicket(onNothing, told(11, { area: 'payment', areaBasis: 'mapping' })))).toEqual(['payment', 'mapping']);
  });

  it('is not answered by the repetition of what came before it', () => {
    const passedOver = mergeTicket(spoken, told(9, { area: 'user-support', areaBasis: 'source' }));
    expect(who(mergeTicket(passedOver, told(11, { area: 'user-support', areaBasis: 'source' })))).toEqual(['training', 'person']);
  });
});

describe('the words of a ticket', () => {
  it('are asked only while nobody named the area, and again only when they changed', () => {
    const asked: string[] = [];
    const classifier: Classifier = ({ subject }) => {
      asked.push(subject);
      return wordsSay;
    };
    const first = withWords(after(told(8, { subject: 'a' })), null, classifier);
    const same = withWords(mergeTicket(first, told(9, { subject: 'a', severity: 'A' })), first, classifier);
    const other = withWords(mergeTicket(same, told(10, { subject: 'b' })), same, classifier);
    withWords(mergeTicket(other, told(11, { area: 'payment', subject: 'c' })), other, classifier);
    expect(asked).toEqual(['a', 'b']);
  });

  it('have no say any more once somebody names the area', () => {
    const state = withWords(after(told(8)), null, sayBreakFix);
    expect(withWords(mergeTicket(state, told(9, { area: 'payment', areaBasis: 'source' })), state, sayBreakFix).wordsSay).toBeUndefined();
  });

  it('that became vague, or that nobody reads any more, take nothing back', () => {
    const state = withWords(after(told(8)), null, sayBreakFix);
    expect(who(withWords(mergeTicket(state, told(9, { subject: 'Hm' })), state, () => null))).toEqual(['break-fix', 'classifier']);
    expect(who(withWords(mergeTicket(state, told(9, { subject: 'Hm' })), state, null))).toEqual(['break-fix', 'classifier']);
  });
});

describe('the reason', () => {
  const textOf = (state: TicketState): string[] => areaReasons(withDefaults(state)).map(({ code, text }) => `${code}: ${text}`);

  it('says in words who it was', () => {
    expect(textOf(after(told(8, { area: 'payment', areaBasis: 'source' })))).toEqual(['classified-by-source: The area payment was named by the source test itself.']);
    expect(textOf(after(told(8, {}, { area: 'payment' })))).toEqual(['classified-by-mapping: The area payment follows from the mapping of the source test.']);
    expect(textOf(person(after(told(8)), 'training', 9))).toEqual(['classified-by-person: The area training was set by ada at 2026-11-02T09:00:00.000Z.']);
    expect(textOf({ ...after(told(8)), wordsSay })).toEqual(['classified-by-keywords: The area break-fix was taken from the words of the ticket: "crashes" (language en, confidence 0.80). The source named none.']);
  });

  it.each([
    after(told(8, { area: 'payment', areaBasis: 'source' })), after(told(8, {}, { area: 'payment' })), { ...after(told(8)), wordsSay },
    person(after(told(8)), 'training', 9), { ...after(told(8)), personsWord: { area: 'training', by: null, at: at(9), note: null, over: null } },
  ] as const)('is said in the words of the catalogue, and in other languages too (%#)', (state) => {
    const reasons = areaReasons(withDefaults(state)) as never;
    const inWords = (language: string) => inLanguage({ reasons }, language) as { answer: { reasons: { text: string }[] } };
    expect(inWords('en').answer.reasons).toEqual(reasons);
    expect(inWords('tr').answer.reasons[0]?.text).toMatch(/^Alan/);
  });

  it('is none where nobody said anything', () => {
    expect(textOf(after(told(8)))).toEqual([]);
  });
});
