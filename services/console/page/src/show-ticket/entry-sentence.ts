import type { TimelineEntry } from '../api/server-types.js';
import type { Say, Values } from '../words/words.js';

type Data = Readonly<Record<string, unknown>>;

/** What happened, in the viewer's language. The server's own sentence is English. */
export function sentenceOf({ kind, data, text }: TimelineEntry, say: Say): string {
  const told = data as Data;
  const who = wordOf(told['by'] ?? told['party'] ?? told['destination']) || say('entry.somebody');
  switch (kind) {
    case 'received': return say(`entry.received.${changeOf(told)}`, valuesOf(told, 'source', 'externalId'));
    case 'decided': return decided(told, say);
    case 'notified': return say(outcomeOf(told), valuesOf(told, 'destination', 'channel', 'attempts', 'code', 'detail'));
    case 'acknowledged': return say('entry.acknowledged', { who });
    case 'escalated': return say('entry.escalated', { step: wordOf(told['step']), asked: destinationsOf(told) });
    case 'replied': return say('entry.replied', { who, channel: wordOf(told['channel']) });
    case 'attached': return told['reason'] === undefined ? say('entry.attached', valuesOf(told, 'noticeId', 'offerId')) : say('entry.attachedBy', { who, ...valuesOf(told, 'noticeId', 'offerId', 'reason') });
    case 'detached': return say('entry.detached', { who, ...valuesOf(told, 'noticeId', 'reason') });
    case 'reassigned': return say('entry.reassigned', { who, ...valuesOf(told, 'from', 'to', 'reason') });
    case 'resolved': return say('entry.resolved', { who });
    // An entry that this page does not know yet, of a newer server.
    default: return text;
  }
}

function decided(told: Data, say: Say): string {
  const queue = wordOf((told['decision'] as Data | undefined)?.['queue']);
  const from = told['previousQueue'];
  return from == null || from === queue ? say('entry.decided', { queue }) : say('entry.moved', { from: wordOf(from), queue });
}

function changeOf(told: Data): 'created' | 'updated' | 'commented' | 'closed' {
  return (['updated', 'commented', 'closed'] as const).find((change) => change === told['change']) ?? 'created';
}

function outcomeOf(told: Data): 'entry.delivered' | 'entry.failed' | 'entry.held' {
  return 'failedAt' in told ? 'entry.failed' : 'suppressedAt' in told ? 'entry.held' : 'entry.delivered';
}

function destinationsOf(told: Data): string {
  const recipients = Array.isArray(told['recipients']) ? (told['recipients'] as Data[]) : [];
  return [...new Set(recipients.map(({ destination }) => wordOf(destination)))].join(', ') || '–';
}

function valuesOf(told: Data, ...names: readonly string[]): Values {
  return Object.fromEntries(names.map((name) => [name, wordOf(told[name])]));
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
