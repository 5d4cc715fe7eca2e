import type { Recipient, VisibleContact } from '@handoff/contracts';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import type { Letter } from '../letters/letter.js';
import { letterMessageOf } from '../letters/letter-message.decision.js';
import { oneLine } from '../message/clean-text.js';
import type { LetterMessage, TicketMessage } from '../message/message.js';
import { messageOf, subjectLineOf } from '../message/content.decision.js';
import { type Language, LANGUAGES, OWN_WORDS } from '../message/texts/words.js';
import { CHANNEL_KINDS } from '../notification/notification.js';
import { planNotifications } from '../plan-notifications/plan.decision.js';
import { SAMPLE_LETTERS } from './letters.fixture.js';
import { rendered } from './render.decision.js';
import { SAMPLE_AUDIENCES, SAMPLE_KINDS, sampleEvent, type SampleAudience, type SampleKind } from './samples.js';

const ATTACKS = [
  '</p><script>alert(1)</script>', '" onmouseover="alert(1)', "'><img src=x onerror=alert(1)>", '<!--', ']]>', '<![endif]-->', '&lt;b&gt;', '<style>*{display:none}</style>', '</title>',
  '<!channel>', '<!here|all>', '<@U012AB3CD>', '<#C012AB3CD>', '<https://evil.example|our site>', '@channel', '*bold* _it_ ~no~ `code`', '[link](https://evil.example)', '![x](https://evil.example/x.png)', '<at>Ada</at>', '{{DATE(2026-11-02,SHORT)}}',
  '\r\nBcc: all@contoso.example', '\r\n\r\nbody', '\u2028x', '\u202egnp.exe', '\u2066x\u2069', '\u0000', '\u001b[31m', '{party} {name}', '${7*7}', '{{7*7}}', '\ud800', 'javascript:alert(1)',
];
/** What somebody who means ill might write: nothing empty, so that the parts of a message are the same whatever it is. */
const hostile = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ATTACKS) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) }), { minLength: 1, maxLength: 4 }).map((parts) => `a${parts.join('')}z`);
const UNFIT = /(?!\n|\t)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
const kind = fc.constantFrom(...SAMPLE_KINDS);
const audience = fc.constantFrom(...SAMPLE_AUDIENCES);
const language = fc.constantFrom(...LANGUAGES);

interface Written {
  readonly kind: SampleKind;
  readonly audience: SampleAudience;
  readonly language: string;
  readonly text: string;
}

/** The message about a sample of which everything that others write is this text. */
function writtenBy({ kind: sampleKind, audience: reader, language: lang, text }: Written): TicketMessage {
  const event = sampleEvent(sampleKind, reader);
  const { data } = event;
  const recipients = data.recipients.map((recipient): Recipient => ({
    ...recipient, language: lang, partyName: text, name: text,
    mayContact: recipient.mayContact.map((contact): VisibleContact => ({ ...contact, partyName: text, name: text, email: text, phone: text, url: text })),
  }));
  const told = {
    ...data, recipients,
    ticket: {
      ...data.ticket, source: text, externalId: text, externalUrl: text, subject: text, description: text, status: text,
      requesterName: text, offerId: text, customerId: text, subscriptionId: text, comment: { author: text, body: text, isPublic: true },
    },
    decision: {
      ...data.decision, queue: text, row: text, matrixVersion: text, documents: [{ title: text, url: text }],
      reasons: [{ code: 'row', text: text, source: text }, { code: 'row', text: text, source: text, message: 'row', params: { en: text, tr: text } }, { code: 'agreement-entry', text: text, source: '', message: 'classified-by-source', params: { area: text, source: text } }],
    },
  };
  const notification = planNotifications({ ...event, data: told }, { channels: new Map(), plannedVersion: 0 }).find(({ destination }) => destination === recipients[0]?.destination);
  if (notification === undefined) throw new Error('The sample has no recipient.');
  return messageOf({ notification, routed: told, subjectLine: subjectLineOf(told) }, { acknowledgeUrl: 'https://handoff.example/a/preview' });
}

/** Everything of a page that is not text: tags with their attributes, but where links lead; comments. */
function skeletonOf(html: string): { readonly tags: readonly string[]; readonly links: readonly string[] } {
  const tags: string[] = [];
  const links: string[] = [];
  const parser = new Parser({
    onopentag: (name, { href, ...attributes }) => {
      tags.push(`<${name} ${JSON.stringify(attributes)}${href === undefined ? '' : ' href'}>`);
      if (href !== undefined) links.push(href);
    },
    onclosetag: (name) => tags.push(`</${name}>`),
    oncomment: (text) => tags.push(`<!--${text}-->`),
    onprocessinginstruction: (name) => tags.push(name),
  }, { decodeEntities: true });
  parser.end(html);
  return { tags, links };
}

const textsOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []);
/** A card or blocks without their texts: which elements there are, of which types, in which order. */
const shapeOf = (value: unknown): unknown => (Array.isArray(value) ? value.map(shapeOf) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'type' || key === 'style' ? inner : shapeOf(inner)])) : typeof value);
const urlsOf = (value: unknown): string[] => (value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, inner]) => (key === 'url' && typeof inner === 'string' ? [inner] : urlsOf(inner))) : []);

describe('whatever others write', () => {
  /** The same message with what is hostile, and with a word in its place. */
  const attack = fc.record({ kind, audience, language, text: hostile });
  const pairOf = ({ text, ...rest }: Written) => ({ bad: writtenBy({ ...rest, text }), good: writtenBy({ ...rest, text: 'word' }) });

  it('a mail has the tags that it would have without it, links to the web only, and one line of subject', () => {
    fc.assert(fc.property(attack, (one) => {
      const { bad, good } = pairOf(one);
      const { html, subject } = rendered(bad, 'mail');
      const [is, would] = [skeletonOf(html ?? ''), skeletonOf(rendered(good, 'mail').html ?? '')];
      expect(is.tags).toEqual(would.tags);
      for (const link of is.links) expect(link).toMatch(/^https?:/);
      expect(subject).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      expect(subject.length).toBeLessThanOrEqual(210);
    }));
  });

  it('the text of a mail keeps its lines: what is quoted stays quoted, and nothing else begins a line', () => {
    fc.assert(fc.property(attack, (one) => {
      const { bad, good } = pairOf(one);
      const own = (message: TicketMessage) => (rendered(message, 'mail').text ?? '').split('\n').filter((line) => !line.startsWith('> '));
      expect(own(bad)).toHaveLength(own(good).length);
    }));
  });

  it('a card for Teams has the elements that it would have without it, and no text that is read as Markdown', () => {
    fc.assert(fc.property(attack, (one) => {
      const { bad, good } = pairOf(one);
      const [is, would] = [rendered(bad, 'teams').json, rendered(good, 'teams').json];
      expect(shapeOf(is)).toEqual(shapeOf(would));
      for (const url of urlsOf(is)) expect(url).toMatch(/^https?:/);
      expect(JSON.stringify(is)).not.toMatch(/"type":"(TextBlock|mention)"/);
      expect((is as { attachments: { content: { fallbackText: string } }[] }).attachments[0]?.content.fallbackText).toBe(good.headline);
    }));
  });

  it('a message for Slack has the elements that it would have without it, mentions nobody, and escapes its fallback', () => {
    fc.assert(fc.property(attack, (one) => {
      const { bad, good } = pairOf(one);
      const [is, would] = [rendered(bad, 'slack').json, rendered(good, 'slack').json];
      expect(shapeOf(is)).toEqual(shapeOf(would));
      for (const url of urlsOf(is)) expect(url).toMatch(/^https?:/);
      expect(JSON.stringify(is)).not.toMatch(/"type":"(mrkdwn|markdown|user|usergroup|channel|broadcast)"/);
      expect(String(is?.['text'])).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    }));
  });

  it('nothing that people read has controls, turns of direction or halves of characters', () => {
    fc.assert(fc.property(attack, fc.constantFrom('mail', 'teams', 'slack'), (one, channel) => {
      const texts = textsOf(rendered(pairOf(one).bad, channel));
      expect(texts.filter((text) => UNFIT.test(text) || !text.isWellFormed() || text === '')).toEqual([]);
    }));
  });
});

describe('whatever an author or a ticket says in a letter', () => {
  const WRITTEN = new Set(['reason', 'author', 'detail', 'address', 'destination', 'summary', 'offerName', 'offerId', 'publisherName', 'partnerName', 'name', 'customerId', 'noticeId', 'subjectLine', 'url']);
  const writtenIn = (value: unknown, text: string): unknown => {
    if (Array.isArray(value)) return value.map((inner) => writtenIn(inner, text));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeof inner === 'string' && WRITTEN.has(key) ? (key === 'subjectLine' ? oneLine(text, 200) : text) : writtenIn(inner, text)]));
  };
  const letterWith = (text: string, letter: Letter, lang: Language): LetterMessage => {
    const [notification] = planNotifications(sampleEvent('act.new', 'publisher'), { channels: new Map(), plannedVersion: 0 });
    if (notification === undefined) throw new Error('The sample has no recipient.');
    return letterMessageOf(notification, writtenIn(letter, text) as Letter, OWN_WORDS[lang]);
  };

  it('it becomes neither markup nor a link to elsewhere than the web, and turns no text', () => {
    fc.assert(fc.property(hostile, fc.constantFrom(...Object.values(SAMPLE_LETTERS).flat()), language, (text, letter, lang) => {
      const [bad, good] = [letterWith(text, letter, lang), letterWith('word', letter, lang)];
      expect(skeletonOf(rendered(bad, 'mail').html ?? '').tags).toEqual(skeletonOf(rendered(good, 'mail').html ?? '').tags);
      for (const channel of ['teams', 'slack'] as const) {
        const [is, would] = [rendered(bad, channel).json, rendered(good, channel).json];
        expect(shapeOf(is)).toEqual(shapeOf(would));
        for (const url of urlsOf(is)) expect(url).toMatch(/^https?:/);
      }
      for (const channel of ['mail', 'teams', 'slack'] as const) expect(textsOf(rendered(bad, channel)).filter((shown) => UNFIT.test(shown))).toEqual([]);
    }));
  });
});

describe('whoever reads', () => {
  it('sees of customer, requester and contacts what its audience may, in every channel', () => {
    fc.assert(fc.property(kind, audience, language, fc.constantFrom(...CHANNEL_KINDS), (k, a, l, channel) => {
      const event = sampleEvent(k, a);
      const { data } = event;
      const [own, other] = data.recipients;
      if (own === undefined || other === undefined) throw new Error('The sample has two recipients.');
      const recipients: Recipient[] = [
        { ...own, language: l, mayContact: [{ kind: 'engineering', partyName: 'Contoso', for: 'csp-partner', email: 'shown@contoso.example' }] },
        { ...other, name: 'HIDDEN-name', email: 'hidden@adatum.example', url: 'https://hidden.example', mayContact: [{ kind: 'engineering', partyName: 'HIDDEN-party', for: 'csp-partner', email: 'hidden-engineering@contoso.example', phone: 'HIDDEN-phone' }] },
      ];
      const told = {
        ...data, recipients,
        ticket: { ...data.ticket, requesterName: 'LIMITED-requester', customerId: 'LIMITED-customer', subscriptionId: 'LIMITED-subscription', comment: { author: 'HIDDEN-author', body: 'HIDDEN-note', isPublic: false } },
        decision: {
          ...data.decision,
          reasons: [
            ...data.decision.reasons,
            { code: 'agreement-entry', text: 'PARTNERS-only', source: 'Agreement PARTNERS-only', message: 'agreement-entry.one', params: { providerId: 'PARTNERS-only', resellerId: '2002', from: '2026-01-01', to: 'indirect-reseller/2002', area: 'payment' } },
            { code: 'classified-by-person', text: 'The area was set by HIDDEN-person.', source: 's', message: 'classified-by-person', params: { area: 'payment', by: 'HIDDEN-person', at: '2026-11-02T08:05:00.000Z' } },
          ],
          missing: ['HIDDEN.fact'], gaps: [{ code: 'offer-unknown', kind: 'offer', key: 'HIDDEN-key', queue: 'triage', reason: 'HIDDEN-gap', remedy: 'HIDDEN-remedy' }] as const, contacts: [{ kind: 'HIDDEN-kind', party: { role: 'microsoft' }, fields: ['HIDDEN-field'], for: 'microsoft' }] as const,
        },
      };
      const notification = planNotifications({ ...event, data: told }, { channels: new Map(), plannedVersion: 0 }).find(({ destination }) => destination === own.destination);
      if (notification === undefined) throw new Error('The sample has no recipient.');
      const shown = JSON.stringify(rendered(messageOf({ notification, routed: told, subjectLine: subjectLineOf(told) }), channel));
      expect(shown).not.toMatch(/HIDDEN|hidden[@.-]/);
      expect(shown).toContain('shown@contoso.example');
      expect(/PARTNERS-only/.test(shown)).toBe(a === 'partner');
      expect(/LIMITED-/.test(shown)).toBe(notification.purpose !== 'inform' || a === 'partner');
    }));
  });
});
