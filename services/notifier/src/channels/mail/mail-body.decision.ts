import { plainText } from '../../message/plain-text.decision.js';
import type { Message, TicketMessage } from '../../message/message.js';
import { footerOf, sectionsOf } from '../../message/sections.decision.js';
import { asksToAct } from '../../notification/asks-to-act.decision.js';
import { ANSWER_MARK } from '../../receive-mail/written-text.decision.js';
import { mailHtmlOf } from './mail-html.decision.js';

/** The same in two forms; a mail program shows one of them. */
export interface MailBody {
  readonly text: string;
  readonly html: string;
}

/** @param areAnswersRead whether answers to mail reach us; those about a ticket then say how to answer. */
export function mailBodyOf(message: Message, { areAnswersRead = false } = {}): MailBody {
  const sections = sectionsOf(message);
  const frame = { answerLine: areAnswersRead && message.about === 'ticket' ? answerLineOf(message) : null, footer: footerOf(message, { areAnswersRead }) };
  return { text: `${frame.answerLine === null ? '' : `${frame.answerLine}\n\n`}${plainText(message.headline, sections)}\n\n${frame.footer}\n`, html: mailHtmlOf(message, sections, frame) };
}

/** Mail programs quote it; by its mark we find what was written above. */
function answerLineOf(message: TicketMessage): string {
  return `${ANSWER_MARK} ${message.words.text(asksToAct(message, message) ? 'answer.acknowledges' : 'answer.adds')}`;
}
