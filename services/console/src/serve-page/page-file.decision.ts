/** What is the server's: whatever else is asked for is a place in the page. */
const SERVERS_OWN = /^\/(api|v1|docs|health|metrics|openapi\.json|sign-in)(\/|$)/;

export interface PageFile {
  /** Below the folder of the built page. */
  readonly file: string;
  readonly cacheControl: string;
}

/** Files with a hash in their name never change; of all others a browser asks whether they did. */
const FOREVER = 'public, max-age=31536000, immutable';
const ASK = 'no-cache';

/** Which file of the built page answers a path; `null` where none does. */
export function pageFileOf(path: string): PageFile | null {
  if (SERVERS_OWN.test(path)) return null;
  if (path.startsWith('/assets/')) return { file: path.slice(1), cacheControl: FOREVER };
  if (/^\/[\w-]+\.\w+$/.test(path)) return { file: path.slice(1), cacheControl: ASK };
  return { file: 'index.html', cacheControl: ASK };
}
