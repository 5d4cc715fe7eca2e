/** How many characters of a path segment or query value are too many to be a name. */
const NAME_CHARS_MAX = 12;

/** A URL whose path or query lets whoever has it post, as it may be shown: long segments and all query values are left out. */
export function shownSecretUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return '(not a URL)';
  const path = url.pathname.split('/').map((segment) => (segment.length > NAME_CHARS_MAX ? `${segment.slice(0, 4)}…` : segment)).join('/');
  return `${url.origin}${path}${url.search === '' ? '' : '?…'}`;
}

/** What of such a URL must not be in any text: its long segments, and its query. */
export function secretsInUrl(text: string): readonly string[] {
  const url = URL.parse(text);
  if (url === null) return [text];
  return [text, url.search, ...url.searchParams.values(), ...url.pathname.split('/').filter((segment) => segment.length > NAME_CHARS_MAX)].filter((part) => part.length >= 6);
}
