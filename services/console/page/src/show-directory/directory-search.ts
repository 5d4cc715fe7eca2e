export const KINDS = ['partners', 'offers', 'publishers', 'agreements', 'customers', 'subscriptions', 'calendars'] as const;
export type Kind = (typeof KINDS)[number];

/** Which entries are shown, and which of them is open. The address of the page holds it. */
export interface DirectorySearch {
  readonly kind?: Kind;
  /** Looked for in name and id. */
  readonly q?: string;
  readonly id?: string;
}

export function directorySearchOf(search: Readonly<Record<string, unknown>>): DirectorySearch {
  const kind = KINDS.find((each) => each === search['kind']);
  const [q, id] = [search['q'], search['id']].map((value) => (typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 256) || undefined : undefined));
  return { ...(kind === undefined ? {} : { kind }), ...(q === undefined ? {} : { q }), ...(id === undefined ? {} : { id }) };
}
