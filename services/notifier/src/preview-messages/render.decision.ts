import { mailBodyOf } from '../channels/mail/mail-body.decision.js';
import { slackMessageOf } from '../channels/slack/slack-message.decision.js';
import { teamsMessageOf } from '../channels/teams/teams-card.decision.js';
import { newTicketOf, sourceNoteOf } from '../channels/ticketing/ticketing-text.decision.js';
import { payloadOf } from '../channels/webhook/webhook.payload.js';
import type { Message } from '../message/message.js';
import type { ChannelKind } from '../notification/notification.js';

/** A preview is written by no channel; what it is marked with is that of an installation without a name of its own. */
const NOBODY = { installation: 'handoff', channelId: '00000000-0000-0000-0000-000000000000' };

/** A message in the form of a channel: a mail with both its bodies, the text of a ticket that would be opened, or what is posted as JSON. */
export interface Rendered {
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly json: Readonly<Record<string, unknown>> | null;
}

/** @param areAnswersRead whether answers to mail reach us. */
export function rendered(message: Message, channel: ChannelKind, { areAnswersRead = false } = {}): Rendered {
  const { subjectLine: subject } = message;
  switch (channel) {
    case 'mail': return { subject, ...mailBodyOf(message, { areAnswersRead }), json: null };
    case 'webhook': return { subject, text: null, html: null, json: JSON.parse(payloadOf(message)) as Record<string, unknown> };
    case 'teams': return { subject, text: null, html: null, json: JSON.parse(teamsMessageOf(message)) as Record<string, unknown> };
    // Only tickets go there; of anything else there is nothing to show.
    case 'ticketing': return { subject, text: message.about === 'ticket' ? (message.isForSource === true ? sourceNoteOf(message, NOBODY) : newTicketOf(message, NOBODY).text).body : null, html: null, json: null };
    case 'slack': return { subject, text: null, html: null, json: { ...slackMessageOf(message) } };
  }
}
