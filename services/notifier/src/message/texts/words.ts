import type { Party, Role, TicketRouted } from '@handoff/contracts';
import { type Language, textIn } from '@handoff/matrix';
import { oneLine } from '../clean-text.js';
import { type Catalogue, EN, type TextKey } from './en.js';
import { type CountedKey, type Filling, filled, type PlainKey, type Template, templateOf } from './template.js';
import { TR } from './tr.js';

export { type Language, LANGUAGES, languageOf } from '@handoff/matrix';

/** Every language that messages are in. One that `@handoff/matrix` has and this lacks does not compile. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: EN, tr: TR };

/** Whose day and month names, lists and order of a date are used. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', tr: 'tr-TR' };

const NAME_LENGTH_MAX = 256;

/** A language with all that is said in it. */
export class Words {
  private readonly templates: ReadonlyMap<string, Template>;
  private readonly times: Intl.DateTimeFormat;
  private readonly lists: Intl.ListFormat;
  private readonly plurals: Intl.PluralRules;
  private readonly numbers: Intl.NumberFormat;

  constructor(readonly language: Language, catalogue: Catalogue) {
    this.templates = new Map(Object.entries(catalogue).map(([key, text]) => [key, templateOf(text)]));
    const locale = LOCALES[language];
    this.times = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC', timeZoneName: 'short' });
    this.lists = new Intl.ListFormat(locale, { type: 'conjunction' });
    this.plurals = new Intl.PluralRules(locale);
    this.numbers = new Intl.NumberFormat(locale);
  }

  text(key: PlainKey): string {
    return this.templates.get(key)?.end ?? key;
  }

  say<Key extends Exclude<TextKey, PlainKey>>(key: Key, filling: Filling<Key>): string {
    const template = this.templates.get(key);
    return template === undefined ? key : filled(template, filling);
  }

  /** A text with `{count}`, in the form that the language has for so many. */
  counted<Key extends CountedKey>(key: Key, count: number, filling: Omit<Filling<Key>, 'count'>): string {
    const form: CountedKey | `${CountedKey}.one` = this.plurals.select(count) === 'one' ? `${key}.one` : key;
    return this.say(form, { ...filling, count: this.number(count) } as Filling<typeof form>);
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  /** A time in UTC, as `2 November 2026 at 09:00 UTC`. What JavaScript cannot read, as a leap second, stays as it is. */
  time(instant: string): string {
    const time = new Date(instant);
    return Number.isNaN(time.getTime()) ? instant : this.times.format(time);
  }

  list(parts: readonly string[]): string {
    return this.lists.format(parts);
  }

  /** A party with its name where the event tells it, else its id: `the publisher Contoso`. */
  party(party: Party | null, { recipients }: Pick<TicketRouted, 'recipients'>): string {
    if (party === null) return this.text('party.nobody');
    if (party.role === 'shared' && party.parties !== undefined) return this.list(party.parties.map((one) => this.party(one, { recipients })));
    const known = recipients.find((recipient) => isSameParty(recipient.party, party));
    const name = oneLine(known?.partyName ?? party.partyId ?? '', NAME_LENGTH_MAX);
    const role = this.named('party', party.role satisfies Role) ?? party.role;
    return name === '' || party.role === 'microsoft' ? role : this.say('party.named', { role, name });
  }

  area(area: string | null): string | null {
    return area === null ? null : this.named('area', area) ?? plainCode(area);
  }

  /** A kind of contact; partners have contacts by area. */
  contact(kind: string): string {
    return this.named('contact', kind) ?? this.area(kind) ?? '';
  }

  asker(asker: string): string {
    return this.named('asker', asker) ?? plainCode(asker);
  }

  severity(severity: 'A' | 'B' | 'C' | null): string | null {
    return severity === null ? null : this.text(`severity.${severity}`);
  }

  /** A reason of a decision, which events carry in English and as a message with its parameters. */
  reason(reason: Parameters<typeof textIn>[0]): string {
    return this.language === 'en' ? reason.text : textIn(reason, this.language);
  }

  private named(kind: 'party' | 'area' | 'contact' | 'asker', code: string): string | undefined {
    const template = this.templates.get(`${kind}.${code}`);
    return template === undefined || template.slots.length > 0 ? undefined : template.end;
  }
}

export type WordsByLanguage = Readonly<Record<Language, Words>>;

/** What Handoff says where nobody has worded it otherwise. */
export const OWN_WORDS: WordsByLanguage = { en: new Words('en', EN), tr: new Words('tr', TR) };

export function isSameParty(a: Party, b: Party | null): boolean {
  return b !== null && a.role === b.role && (a.partyId ?? null) === (b.partyId ?? null);
}

/** A code that has no words here, as rows that somebody wrote: `late-fees` as `late fees`. */
function plainCode(code: string): string {
  return oneLine(code.replaceAll('-', ' '), NAME_LENGTH_MAX);
}
