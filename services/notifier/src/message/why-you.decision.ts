import type { Notification, Told } from '../notification/notification.js';
import { oneLine } from './clean-text.js';
import { isResponsible } from './sentences.decision.js';
import type { PlainKey } from './texts/template.js';
import type { Words } from './texts/words.js';

const NAME_LENGTH_MAX = 256;

/** Why this contact gets the message, and as which of its party's contacts. */
export function whyYouOf(notification: Notification, routed: Told, words: Words): string {
  const { partyName, addressee } = notification;
  const because = words.text(reasonOf(notification, routed));
  const contact = words.contact(addressee.contactKind);
  if (contact === '') return because;
  return partyName === null ? words.say('why-you.as', { because, contact }) : words.say('why-you.as-of', { because, contact, name: oneLine(partyName, NAME_LENGTH_MAX) });
}

function reasonOf(notification: Notification, routed: Told): Extract<PlainKey, `why-you.${string}`> {
  if (routed.escalation !== undefined) return `why-you.${routed.escalation}`;
  const responsible = isResponsible(notification, routed);
  switch (notification.purpose) {
    case 'inform': return responsible ? 'why-you.inform.responsible' : 'why-you.inform';
    case 'hand-over': return 'why-you.hand-over';
    case 'act':
      if (!responsible) return 'why-you.first-contact';
      return routed.decision.responsible?.role === 'shared' ? 'why-you.shared' : 'why-you.responsible';
  }
}
