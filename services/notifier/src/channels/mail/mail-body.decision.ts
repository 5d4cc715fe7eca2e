import { plainText } from '../../message/plain-text.decision.js';
import type { Message } from '../../message/message.js';
import { footerOf, sectionsOf } from '../../message/sections.decision.js';
import { mailHtmlOf } from './mail-html.decision.js';

/** The same in two forms; a mail program shows one of them. */
export interface MailBody {
  readonly text: string;
  readonly html: string;
}

export function mailBodyOf(message: Message): MailBody {
  const sections = sectionsOf(message);
  return { text: `${plainText(message.headline, sections)}\n\n${footerOf(message)}\n`, html: mailHtmlOf(message, sections) };
}
