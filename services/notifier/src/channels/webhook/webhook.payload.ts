import type { Message } from '../../message/message.js';

/** The body of a webhook; it does not change from attempt to attempt. */
export function payloadOf(message: Message): string {
  const { notificationId, ticketId, ticketVersion, purpose, change, subjectLine, words: { language }, headline, turn, whyYou, toDo, acknowledgeUrl, why, ticket, decision, contacts, documents } = message;
  return JSON.stringify({
    type: 'handoff.notification.v1',
    timestamp: message.decidedAt,
    data: { notificationId, ticketId, ticketVersion, purpose, change, language, subjectLine, headline, turn, whyYou, toDo, acknowledgeUrl, why, ticket, decision, contacts, documents },
  });
}
