import type { Area, Asker, Cloud, Severity } from '@handoff/contracts';

/** What a mapping can say about a ticket: the facts that routing decides by. */
export interface TicketFacts {
  readonly area?: Area;
  readonly severity?: Severity;
  readonly asker?: Asker;
  readonly offerId?: string;
  readonly customerId?: string;
  readonly subscriptionId?: string;
  readonly cloud?: Cloud;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** BCP 47. */
  readonly language?: string;
}

export type FactName = keyof TicketFacts;
export const FACT_NAMES = ['area', 'severity', 'asker', 'offerId', 'customerId', 'subscriptionId', 'cloud', 'country', 'language'] as const satisfies readonly FactName[];

/** `set` holds when the value at `field` fits; exactly one of `equals`, `contains`, `oneOf` is given. Case does not matter. */
export interface MappingRule {
  /** Dotted path into the payload, as `issue.fields.labels`. Lists are looked through; several paths may stand with `|` between them. */
  readonly field: string;
  /** The whole value is this. */
  readonly equals?: string;
  /** The list has this entry, or the text this word or these words in a row. */
  readonly contains?: string;
  /** As `contains`, with any of these. */
  readonly oneOf?: readonly string[];
  readonly set: TicketFacts;
}

/** How the payloads of a source become facts. Data, kept with the source. */
export interface Mapping {
  /** Facts that hold where nothing else says otherwise. */
  readonly defaults: TicketFacts;
  /** Facts taken from a place in the payload, by dotted path. */
  readonly fields: Partial<Readonly<Record<FactName, string>>>;
  /** All rules that fit apply, in order; a later one wins. They win over `fields`. */
  readonly rules: readonly MappingRule[];
  /** Severity by the source's own word for priority, in lower case; it comes before the adapter's table. */
  readonly severities: Readonly<Record<string, Severity>>;
  /** Link to a ticket where the payload has none, with `{externalId}` in it. */
  readonly ticketUrl: string | null;
}

export const EMPTY_MAPPING: Mapping = { defaults: {}, fields: {}, rules: [], severities: {}, ticketUrl: null };
