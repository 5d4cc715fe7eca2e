import { globSync } from 'node:fs';
import { join } from 'node:path';
import { letterMessageOf } from '../letters/letter-message.decision.js';
import type { TicketMessage } from '../message/message.js';
import { messageOf, subjectLineOf } from '../message/content.decision.js';
import { type Language, LANGUAGES, OWN_WORDS } from '../message/texts/words.js';
import { planNotifications } from '../plan-notifications/plan.decision.js';
import { expectGolden } from './golden.fixture.js';
import { SAMPLE_LETTERS } from './letters.fixture.js';
import { rendered } from './render.decision.js';
import { SAMPLE_AUDIENCES, SAMPLE_KINDS, sampleEvent, type SampleAudience, type SampleKind } from './samples.js';

function messageFor(kind: SampleKind, audience: SampleAudience, language: Language): TicketMessage {
  const event = sampleEvent(kind, audience);
  const recipients = event.data.recipients.map((recipient) => ({ ...recipient, language }));
  const notification = planNotifications({ ...event, data: { ...event.data, recipients } }, { channels: new Map(), plannedVersion: 0 }).find(({ destination }) => destination === recipients[0]?.destination);
  if (notification === undefined) throw new Error('The sample has no recipient.');
  const acknowledgeUrl = notification.purpose === 'inform' || event.data.change === 'closed' ? null : 'https://handoff.example/a/preview';
  return messageOf({ notification, routed: event.data, subjectLine: subjectLineOf(event.data) }, { acknowledgeUrl });
}

const audiences = LANGUAGES.flatMap((language) => SAMPLE_AUDIENCES.map((audience) => ({ language, audience })));

describe('every kind of message, as it is read', () => {
  it.each(audiences)('in $language by the $audience', ({ language, audience }) => {
    const mails = SAMPLE_KINDS.map((kind) => {
      const { subject, text } = rendered(messageFor(kind, audience, language), 'mail');
      return `======== ${kind} ========\nSubject: ${subject}\n\n${text ?? ''}`;
    });
    const whereAnswersAreRead = rendered(messageFor('act.new', audience, language), 'mail', { areAnswersRead: true });
    expectGolden(`${language}-${audience}.txt`, [...mails, `======== act.new, where answers are read ========\n${whereAnswersAreRead.text ?? ''}`].join('\n'));
  });
});

it.each(LANGUAGES)('letters in %s are as they are read', (language) => {
  const [notification] = planNotifications(sampleEvent('act.new', 'publisher'), { channels: new Map(), plannedVersion: 0 });
  if (notification === undefined) throw new Error('The sample has no recipient.');
  const mails = Object.values(SAMPLE_LETTERS).flat().map((letter) => {
    const { subject, text } = rendered(letterMessageOf(notification, letter, OWN_WORDS[language]), 'mail');
    return `======== ${letter.about} ========\nSubject: ${subject}\n\n${text ?? ''}`;
  });
  expectGolden(`${language}-letters.txt`, mails.join('\n'));
});

describe.each(audiences)('in $language for the $audience', ({ language, audience }) => {
  const kinds: readonly SampleKind[] = audience === 'publisher' ? ['act.commented'] : ['hand-over.new', 'inform.moved'];

  it.each(kinds)('%s has its forms', (kind) => {
    const message = messageFor(kind, audience, language);
    expectGolden(`${language}-${audience}-${kind}.html`, rendered(message, 'mail').html ?? '');
    for (const channel of ['teams', 'slack', 'webhook'] as const) expectGolden(`${language}-${audience}-${kind}.${channel}.json`, `${JSON.stringify(rendered(message, channel).json, null, 2)}\n`);
  });
});

it('no golden file is left over', () => {
  expect(globSync('*', { cwd: join(import.meta.dirname, 'golden') })).toHaveLength(audiences.length + LANGUAGES.length + 4 * 3 * LANGUAGES.length);
});
