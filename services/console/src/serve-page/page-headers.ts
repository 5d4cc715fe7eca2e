import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the page may do: use what lies beside it, and nothing else. Texts of tickets become no markup, and no script but its worker gets a URL. */
const PAGE_POLICY = [
  "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "worker-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
  "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types console-worker',
].join('; ');
/** An answer to a program shows nothing, and runs nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
const EVERYWHERE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' } as const;
const HTTPS_ONLY = { 'strict-transport-security': 'max-age=31536000' } as const;

/** The headers of an answer by its path, before whoever answers sets others. The documentation of the interface brings scripts of its own, inline. */
export function headersFor(path: string, isSecure: boolean): Readonly<Record<string, string>> {
  const everywhere = { ...EVERYWHERE, ...(isSecure ? HTTPS_ONLY : {}) };
  if (/^\/docs(\/|$)/.test(path)) return { ...everywhere, 'content-security-policy': "frame-ancestors 'none'" };
  if (/^\/(api|v1)\//.test(path)) return { ...everywhere, 'content-security-policy': DATA_POLICY, 'cache-control': 'no-store' };
  return { ...everywhere, 'content-security-policy': PAGE_POLICY, 'permissions-policy': 'camera=(), geolocation=(), microphone=()' };
}

/** Sets them on every answer. */
export function headersHook(consoleUrl: string): (request: FastifyRequest, reply: FastifyReply, done: () => void) => void {
  const isSecure = new URL(consoleUrl).protocol === 'https:';
  return (request, reply, done) => {
    void reply.headers(headersFor(request.url.split('?')[0] ?? '', isSecure));
    done();
  };
}
