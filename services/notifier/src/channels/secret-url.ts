/** How many characters of a path segment or query value are too many to be a name. */
const NAME_CHARS_MAX = 12;
/** What is shorter stands in many texts, and is no secret. */
const SECRET_CHARS_MIN = 6;

/** A URL whose path or query lets whoever has it post, as it may be shown: long segments and all query values are left out. */
export function shownSecretUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return '(not a URL)';
  const path = url.pathname.split('/').map((segment) => (segment.length > NAME_CHARS_MAX ? `${segment.slice(0, 4)}…` : segment)).join('/');
  return shown(url, path);
}

/** A URL without user, password and the values of its query. */
export function shownUrl(text: string): string {
  const url = URL.parse(text);
  return url === null ? '(not a URL)' : shown(url, url.pathname);
}

function shown({ origin, search }: URL, path: string): string {
  return `${origin}${path}${search === '' ? '' : '?…'}`;
}

/** What of such a URL must not be in any text: its long segments, and its query. */
export function secretsInUrl(text: string): readonly string[] {
  const url = URL.parse(text);
  if (url === null) return [text];
  return [text, ...secretsInQuery(text), ...url.pathname.split('/').filter((segment) => segment.length > NAME_CHARS_MAX)].filter((part) => part.length >= SECRET_CHARS_MIN);
}

/** What the query of a URL may hide. */
export function secretsInQuery(text: string): readonly string[] {
  const { search, searchParams } = new URL(text);
  return [search, ...searchParams.values()].filter((part) => part.length >= SECRET_CHARS_MIN);
}
