export const PEERS = ['intake', 'routing', 'notifier'] as const;
/** A service whose interface the console hands on. */
export type Peer = (typeof PEERS)[number];

export interface ForwardedPath {
  readonly peer: Peer;
  /** Path and query, as they came. */
  readonly path: string;
}

const FORWARDED = new RegExp(`^/api/(${PEERS.join('|')})(/v1/[^?#]+)(\\?[^#]*)?$`);
/** What comes from strangers, who prove themselves by a signature, goes to its service and not through the console. */
const STRANGERS = [/^\/v1\/sources\/[^/]+\/webhooks$/, /^\/v1\/channels\/[^/]+\/interactions$/];

/** Where a call to the console goes on to; `null` where nothing may. No spelling of a path leads out of `/v1`. */
export function forwardedPathOf(url: string): ForwardedPath | null {
  const [, peer, path = '', query = ''] = FORWARDED.exec(url) ?? [];
  if (peer === undefined) return null;
  const segments = path.split('/').slice(1).map(decoded);
  if (!segments.every((segment) => segment !== null && isName(segment))) return null;
  if (STRANGERS.some((pattern) => pattern.test(`/${segments.join('/')}`))) return null;
  return { peer: peer as Peer, path: `${path}${query}` };
}

/** Whether a body for this path stays as it came. */
export function isForwarded(path: string): boolean {
  return FORWARDED.test(path);
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function isName(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[/\\\p{Cc}]/u.test(segment);
}
