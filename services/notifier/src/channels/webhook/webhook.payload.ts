import type { LetterMessage, Message } from '../../message/message.js';

/** The body of a webhook; it does not change from attempt to attempt. */
export function payloadOf(message: Message): string {
  if (message.about !== 'ticket') return letterPayload(message);
  const { notificationId, ticketId, ticketVersion, purpose, change, subjectLine, words: { language }, headline, turn, whyYou, toDo, acknowledgeUrl, why, serviceRequest, ticket, decision, contacts, documents } = message;
  return JSON.stringify({
    type: 'handoff.notification.v1',
    timestamp: message.decidedAt,
    data: { notificationId, ticketId, ticketVersion, purpose, change, language, subjectLine, headline, turn, whyYou, toDo, acknowledgeUrl, why, serviceRequest, ticket, decision, contacts, documents },
  });
}

/** Of a letter: a type of its own, so that a receiver that knows tickets only is not told of one. */
function letterPayload({ about, notificationId, ticketVersion: version, decidedAt, subjectLine, headline, data }: LetterMessage): string {
  return JSON.stringify({ type: `handoff.${about}.v1`, timestamp: decidedAt, data: { notificationId, version, subjectLine, headline, ...data } });
}
