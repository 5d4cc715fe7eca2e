import type { MailSummary } from './mail-message.js';

/** Parts of words, in any case; a message must match all that are given. */
export interface MailFilter {
  readonly to?: string | undefined;
  readonly subject?: string | undefined;
  /** Anywhere: sender, recipients, subject, or the beginning of the text. */
  readonly q?: string | undefined;
}

export function matches(mail: MailSummary, filter: MailFilter): boolean {
  const has = (text: string, part: string | undefined): boolean =>
    part === undefined || text.toLowerCase().includes(part.toLowerCase());
  const everything = [mail.from, ...mail.to, mail.subject, mail.text].join('\n');
  return has(mail.to.join('\n'), filter.to) && has(mail.subject, filter.subject) && has(everything, filter.q);
}
