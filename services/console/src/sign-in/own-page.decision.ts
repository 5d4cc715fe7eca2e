export interface RequestFacts {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the console, as browsers reach it. */
  readonly origin: string;
}

/** A page of another site cannot set it without asking, and is not allowed to. */
export const OWN_PAGE_HEADER = 'x-handoff-console';

const READING = new Set(['GET', 'HEAD']);

/** Why a call with a session is not one of our own page, though a browser made it; `null` where it is. */
export function foreignCallReason({ method, headers, origin }: RequestFacts): string | null {
  const site = headers['sec-fetch-site'];
  const isReading = READING.has(method);
  // 'none': typed by a person, or opened from a bookmark.
  if (site !== undefined && site !== 'same-origin' && !(isReading && site === 'none')) return `it was made by another site (Sec-Fetch-Site: ${String(site).slice(0, 32)})`;
  if (isReading) return null;
  // Older browsers say the origin alone.
  if (site === undefined && headers['origin'] !== origin) return `it has no Sec-Fetch-Site, and its Origin is not ${origin}`;
  if (headers[OWN_PAGE_HEADER] === undefined) return `it lacks the header ${OWN_PAGE_HEADER}`;
  if (hasBody(headers) && !/^application\/json\b/i.test(String(headers['content-type'] ?? ''))) return 'its Content-Type is not application/json';
  return null;
}

function hasBody(headers: RequestFacts['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
