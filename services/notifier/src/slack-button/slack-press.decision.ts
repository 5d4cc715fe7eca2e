import { z } from 'zod';
import type { Visit } from '../acknowledge/acknowledge-by-link.handler.js';
import { ACKNOWLEDGE_ACTION, BUTTON_BLOCK } from '../channels/slack/slack-message.decision.js';
import { oneLine } from '../message/clean-text.js';
import type { Words } from '../message/texts/words.js';

const NAME_CHARS_MAX = 256;

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const interaction = z.object({
  type: z.string(),
  user: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() }).optional(),
  response_url: z.string().optional(),
  message: z.object({ text: z.string().optional(), blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).optional() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).optional(),
});

/** Somebody pressed our button. */
export interface SlackPress {
  readonly token: string;
  readonly by: string;
  /** Where the message can be replaced, for half an hour. */
  readonly responseUrl: string | null;
  readonly text: string;
  /** The message as Slack has it, without the button. */
  readonly blocks: readonly object[];
}

/** What is in the form that Slack posts; `null`: nothing of ours, as another button of the app, or no form of Slack. */
export function slackPressOf(rawBody: Buffer): SlackPress | null {
  const parsed = interaction.safeParse(jsonIn(new URLSearchParams(rawBody.toString('utf8')).get('payload') ?? ''));
  if (!parsed.success || parsed.data.type !== 'block_actions') return null;
  const { user, response_url: responseUrl, message, actions = [] } = parsed.data;
  const token = actions.find(({ action_id: id }) => id === ACKNOWLEDGE_ACTION)?.value;
  if (token === undefined || user === undefined) return null;
  return {
    token, by: oneLine(user.name ?? user.username ?? user.id, NAME_CHARS_MAX), responseUrl: responseUrl ?? null, text: message?.text ?? '',
    blocks: (message?.blocks ?? []).filter(({ block_id: id }) => id !== BUTTON_BLOCK),
  };
}

/** What Slack shows after a press: the message with who works on it in place of the button, or a word to who pressed it alone. */
export function slackAnswerTo(visit: Visit, { by, text, blocks }: SlackPress, words: Words): object {
  switch (visit.state) {
    case 'unknown': case 'expired': return { response_type: 'ephemeral', replace_original: false, text: `${words.text(`page.${visit.state}`)} ${words.text('page.go-on')}` };
    // A press tells no number of a service request, so that it is neither refused nor added.
    case 'open': case 'refused': case 'added': return { response_type: 'ephemeral', replace_original: false, text: words.text('page.question') };
    case 'acknowledged': return replaced(words.say('slack.done', { by }), { text, blocks });
    case 'used': return replaced(words.say('slack.used', { by: oneLine(visit.used.by ?? words.text('page.somebody'), NAME_CHARS_MAX), time: words.time(visit.used.at.toISOString()) }), { text, blocks });
  }
}

function replaced(said: string, { text, blocks }: Pick<SlackPress, 'text' | 'blocks'>): object {
  return { replace_original: true, text, mrkdwn: false, blocks: [...blocks, { type: 'context', elements: [{ type: 'plain_text', text: said.slice(0, 2_000), emoji: false }] }] };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
