import { cleanText, oneLine } from '../message/clean-text.js';
import type { LetterMessage } from '../message/message.js';
import type { Section } from '../message/sections.decision.js';
import { OWN_WORDS, type Words } from '../message/texts/words.js';
import type { Notification } from '../notification/notification.js';
import type { BundleItem, BundleLetter, ChannelLetter, ChannelTestLetter, HealthNoticeLetter, Letter, SummaryItem, SummaryLetter, SuppressionLetter } from './letter.js';

const REASON_CHARS_MAX = 512;
const NAME_CHARS_MAX = 256;
const URL_CHARS_MAX = 2_048;
const SUMMARY_CHARS_MAX = 4_096;

/** A letter in words. */
interface Wording {
  readonly subjectLine: string;
  readonly headline: string;
  readonly sections: readonly Section[];
  /** Why this contact gets it. */
  readonly because: string;
  /** RFC 3339. */
  readonly at: string;
}

export function letterMessageOf({ notificationId, ticketId, ticketVersion }: Notification, letter: Letter, words: Words): LetterMessage {
  const { because, at, ...wording } = wordingOf(letter, words);
  const { about, ticketId: _thread, ticketVersion: _version, ...data } = letter;
  return { about, notificationId, ticketId, ticketVersion, ...wording, words, footer: words.say('letter.footer', { because }), decidedAt: at, data };
}

/** The subject of a letter's thread, as lists show it. */
export function letterSubjectOf(letter: Letter): string {
  return wordingOf(letter, OWN_WORDS.en).subjectLine;
}

/** What a letter says, in one sentence. */
export function letterHeadlineOf(letter: Letter, words: Words): string {
  return wordingOf(letter, words).headline;
}

function wordingOf(letter: Letter, words: Words): Wording {
  switch (letter.about) {
    case 'health-notice': return outageWording(letter, words);
    case 'summary': return summaryWording(letter, words);
    case 'suppression': return suppressionWording(letter, words);
    case 'channel': return channelWording(letter, words);
    case 'channel-test': return testWording(letter, words);
    case 'bundle': return bundleWording(letter, words);
  }
}

function outageWording(letter: HealthNoticeLetter, words: Words): Wording {
  const { noticeId, offerId, summary, endedAt, startedAt, customersTotal } = letter;
  const offer = oneLine(letter.offerName ?? offerId, NAME_CHARS_MAX);
  const isOver = endedAt !== null;
  return {
    subjectLine: words.say('letter.outage.subject', { offer, notice: oneLine(noticeId, NAME_CHARS_MAX) }),
    headline: words.say(isOver ? 'letter.outage.over' : letter.isFirst ? 'letter.outage.begun' : 'letter.outage.news', { offer }),
    sections: [
      { heading: words.text('heading.to-do'), lines: [{ text: words.text(isOver ? 'letter.outage.to-do.over' : 'letter.outage.to-do.open') }] },
      { heading: words.text('letter.outage.heading'), lines: outageLines(letter, { offer, words }) },
      { heading: words.text('letter.outage.said'), lines: [{ text: cleanText(summary, SUMMARY_CHARS_MAX, '…'), isQuoted: true }] },
      { heading: words.say('letter.outage.customers', { count: words.number(customersTotal) }), lines: customerLines(letter, words) },
    ],
    because: words.text(customersTotal === 0 ? 'letter.outage.because.former' : 'letter.outage.because'), at: endedAt ?? startedAt,
  };
}

function outageLines({ publisherName, startedAt, endedAt }: HealthNoticeLetter, { offer, words }: { readonly offer: string; readonly words: Words }): Section['lines'] {
  return [
    { label: words.text('fact.offer'), text: offer },
    ...(publisherName === null ? [] : [{ label: words.text('letter.outage.publisher'), text: oneLine(publisherName, NAME_CHARS_MAX) }]),
    { label: words.text('letter.outage.since'), text: words.time(startedAt) },
    ...(endedAt === null ? [] : [{ label: words.text('letter.outage.until'), text: words.time(endedAt) }]),
    { label: words.text('letter.outage.status'), text: words.text(endedAt === null ? 'letter.outage.status.open' : 'letter.outage.status.over') },
  ];
}

function customerLines({ customers, customersTotal }: HealthNoticeLetter, words: Words): Section['lines'] {
  const more = customersTotal - customers.length;
  if (customersTotal === 0) return [{ text: words.text('letter.outage.none') }];
  return [...customers.map(({ name }) => ({ text: oneLine(name, NAME_CHARS_MAX) })), ...(more > 0 ? [{ text: words.say('letter.outage.more', { count: words.number(more) }) }] : [])];
}

function summaryWording({ total, items, reason, from, until }: SummaryLetter, words: Words): Wording {
  const more = total - items.length;
  return {
    subjectLine: words.counted('letter.summary.subject', total, { time: words.time(until) }),
    headline: words.counted('letter.summary.headline', total, {}),
    sections: [
      { heading: words.text('letter.summary.why-held'), lines: [{ text: words.say('letter.summary.period', { from: words.time(from), until: words.time(until), reason: oneLine(reason, REASON_CHARS_MAX) }) }] },
      { heading: words.text('heading.to-do'), lines: [{ text: words.text('letter.summary.to-do') }] },
      { heading: words.text('letter.summary.held'), lines: [...items.map(itemLine), ...(more > 0 ? [{ text: words.say('letter.summary.more', { count: words.number(more) }) }] : [])] },
    ],
    because: words.text('letter.summary.because'), at: until,
  };
}

function itemLine({ subjectLine, headline, url }: SummaryItem): Section['lines'][number] {
  return { text: subjectLine, ...(url === null ? {} : { url: oneLine(url, URL_CHARS_MAX) }), remark: headline };
}

function suppressionWording({ what, reason, author, until, held, suppressionId }: SuppressionLetter, words: Words): Wording {
  const time = words.time(until);
  return {
    subjectLine: words.say('letter.suppression.subject', { time }),
    headline: words.say('letter.suppression.headline', { time }),
    sections: [
      {
        heading: words.text('letter.suppression.heading'), lines: [
          { label: words.text('letter.suppression.holds'), text: oneLine(what, REASON_CHARS_MAX) }, { label: words.text('letter.suppression.reason'), text: oneLine(reason, REASON_CHARS_MAX) },
          { label: words.text('letter.suppression.author'), text: oneLine(author, NAME_CHARS_MAX) }, { label: words.text('letter.suppression.held'), text: words.number(held) }, { label: words.text('letter.suppression.id'), text: suppressionId },
        ],
      },
      { heading: words.text('heading.to-do'), lines: [{ text: words.text('letter.suppression.to-do') }] },
    ],
    because: words.text('letter.suppression.because'), at: until,
  };
}

function channelWording({ what, channelId, destination, kind, address, failingSince, disabledFrom, detail, at }: ChannelLetter, words: Words): Wording {
  const channel = `${kind} ${oneLine(destination, NAME_CHARS_MAX)}`;
  return {
    subjectLine: words.say(`letter.channel.subject.${what}`, { channel }),
    headline: disabledFrom === null ? words.text('letter.channel.headline.disabled') : words.say('letter.channel.headline.warning', { time: words.time(disabledFrom) }),
    sections: [
      {
        heading: words.text('letter.channel.heading'), lines: [
          { label: words.text('letter.channel.destination'), text: channel }, { label: words.text('letter.channel.address'), text: oneLine(address, NAME_CHARS_MAX) },
          { label: words.text('letter.channel.failing-since'), text: words.time(failingSince) }, { label: words.text('letter.channel.last'), text: oneLine(detail, REASON_CHARS_MAX) }, { label: words.text('letter.channel.id'), text: channelId },
        ],
      },
      { heading: words.text('heading.to-do'), lines: [{ text: words.text(`letter.channel.to-do.${what}`) }] },
    ],
    because: words.text('letter.channel.because'), at,
  };
}

function testWording({ channelId, destination, kind, address, by, at }: ChannelTestLetter, words: Words): Wording {
  const channel = `${kind} ${oneLine(destination, NAME_CHARS_MAX)}`;
  return {
    subjectLine: words.say('letter.test.subject', { channel }),
    headline: words.text('letter.test.headline'),
    sections: [
      { heading: words.text('heading.to-do'), lines: [{ text: words.text('letter.test.to-do') }] },
      {
        heading: words.text('letter.channel.heading'), lines: [
          { label: words.text('letter.channel.destination'), text: channel }, { label: words.text('letter.channel.address'), text: oneLine(address, NAME_CHARS_MAX) },
          ...(by === null ? [] : [{ label: words.text('letter.test.by'), text: oneLine(by, NAME_CHARS_MAX) }]), { label: words.text('letter.channel.id'), text: channelId },
        ],
      },
    ],
    because: words.text('letter.test.because'), at,
  };
}

function bundleWording({ name, total, items, at }: BundleLetter, words: Words): Wording {
  return {
    subjectLine: words.counted('letter.bundle.subject', total, { name: oneLine(name, NAME_CHARS_MAX) }),
    headline: words.counted('letter.bundle.headline', total, {}),
    sections: [{ heading: words.text('letter.bundle.tickets'), lines: items.flatMap((item) => bundleLines(item, words)) }],
    because: words.text('letter.bundle.because'), at,
  };
}

function bundleLines({ acknowledgeUrl = null, ...item }: BundleItem, words: Words): Section['lines'] {
  return [itemLine(item), ...(acknowledgeUrl === null ? [] : [{ text: words.text('link.acknowledge'), url: acknowledgeUrl }])];
}
