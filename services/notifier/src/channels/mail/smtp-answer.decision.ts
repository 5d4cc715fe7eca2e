import { type Answer, safeDetail } from '../channel.js';

interface SmtpError {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  readonly message?: unknown;
}

/** Errors of our own login: they say nothing about the message, so it is tried again. */
const LOGIN_CODES = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);

/** What an error of nodemailer means for the message. */
export function smtpAnswerOf(error: unknown, secrets: readonly string[]): Answer {
  const { code, responseCode, response, message } = (error ?? {}) as SmtpError;
  const detail = safeDetail(typeof response === 'string' && response !== '' ? response : String(message ?? error), secrets);
  if (code === 'ETIMEDOUT' || code === 'EABORT') return { kind: 'timeout', detail: `The mail server did not answer in time. ${detail}` };
  if (typeof code === 'string' && LOGIN_CODES.has(code)) return { kind: 'unreachable', detail: `The mail server refused our login. ${detail}` };
  if (typeof responseCode === 'number' && responseCode >= 400) return { kind: 'answered', protocol: 'smtp', status: responseCode, detail, retryAfterMs: null };
  return { kind: 'unreachable', detail };
}
