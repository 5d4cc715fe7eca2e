import type { Message } from '../../message/message.js';
import { footerOf, isWebLink, type Line, type Section, sectionsOf, shortened, ticketUrlOf } from '../../message/sections.decision.js';

/** Teams takes 28 KB a message; some is left for what a workflow adds. */
const BYTES_MAX = 26_000;
/** From the whole text to the least that is worth sending. */
const FITS = [{ charsMax: 4_000, linesMax: 20 }, { charsMax: 1_000, linesMax: 12 }, { charsMax: 250, linesMax: 8 }] as const;

/** The body of a request to a workflow of Teams ("When a Teams webhook request is received"), with an Adaptive Card 1.4. */
export function teamsMessageOf(message: Message): string {
  const sections = sectionsOf(message);
  const bodies = FITS.map((fit) => JSON.stringify(attached(cardOf(message, shortened(sections, fit)))));
  return bodies.find((body) => Buffer.byteLength(body) <= BYTES_MAX) ?? JSON.stringify(attached(cardOf(message, shortened(sections.slice(0, 2), FITS[2]))));
}

function attached(content: object): object {
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }] };
}

function cardOf(message: Message, sections: readonly Section[]): object {
  const { words, headline } = message;
  const acknowledgeUrl = message.about === 'ticket' ? message.acknowledgeUrl : null;
  const actions = [...open(words.text('button.acknowledge'), acknowledgeUrl), ...open(words.text('button.open'), ticketUrlOf(message))];
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', type: 'AdaptiveCard', version: '1.4', lang: words.language, msteams: { width: 'Full' },
    // It may be read as Markdown, so it has our own words only.
    fallbackText: headline,
    body: [
      paragraph([run(headline, { size: 'Large', weight: 'Bolder' })]),
      paragraph([run(message.subjectLine, { isSubtle: true })], 'None'),
      ...sections.flatMap(blocksOf),
      paragraph([run(footerOf(message), { size: 'Small', isSubtle: true })]),
    ],
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function open(title: string, url: string | null): object[] {
  return url !== null && isWebLink(url) ? [{ type: 'Action.OpenUrl', title, url }] : [];
}

function blocksOf({ heading, lines, isNumbered }: Section): object[] {
  return [paragraph([run(heading, { weight: 'Bolder' })]), ...lines.map((line, index) => paragraph(runsOf(line, isNumbered === true ? `${index + 1}. ` : ''), 'None'))];
}

function runsOf({ label, text, url, remark }: Line, number: string): object[] {
  const linked = url !== undefined && isWebLink(url);
  return [
    ...(label === undefined ? [] : [run(`${label}: `, { weight: 'Bolder' })]),
    run(`${number}${url === undefined || linked || url === text ? text : `${text}: ${url}`}`, linked ? { selectAction: { type: 'Action.OpenUrl', url } } : {}),
    ...(remark === undefined ? [] : [run(` (${remark})`, { isSubtle: true })]),
  ];
}

/** Text runs are no Markdown, unlike text blocks: what a customer wrote can hide no link. */
function run(text: string, style: object): object {
  return { type: 'TextRun', text, ...style };
}

function paragraph(inlines: readonly object[], spacing: 'Default' | 'None' = 'Default'): object {
  return { type: 'RichTextBlock', spacing, inlines };
}
