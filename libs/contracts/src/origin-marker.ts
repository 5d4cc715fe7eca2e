/** Which ticket of which installation a text was written for. */
export interface Origin {
  /** Name of the installation (`HANDOFF_INSTALLATION`): of two that write to each other, each knows its own texts alone. */
  readonly installation: string;
  readonly ticketId: string;
}

/** How an installation may be called. */
export const INSTALLATION_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

const MARKER = /^Handoff-Ticket: ([a-z0-9-]{1,32})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-z-])/i;
/** What systems put before or into a text that they keep: tags that only lay out; escapes, and marks without width. */
const LAYOUT = /<\/?(?:html|body|div|p|span|br)\b[^<>]*>|&nbsp;/gi;
const UNSEEN = /[\\\u200b-\u200d\ufeff]/g;
/** How a text must begin to have a mark: with its first letter, or with layout. Most texts begin otherwise, and need no closer look. */
const MAY_BE_MARKED = /^[\s\\\u200b-\u200d]*[h<&]/i;
const HEAD_CHARS = 2_000;
const MARKS_MAX = 8;
const NO_ORIGINS: readonly Origin[] = [];

/**
 * Marks a text that Handoff writes into another system, so that it is recognised when it comes back from there. The mark is
 * the first line, because a person who answers puts something before what is quoted.
 * @param passedOn the marks of the text that this one tells of: where two installations write to each other, each finds its own again.
 */
export function markText(text: string, origin: Origin, passedOn: readonly Origin[] = []): string {
  const lines = [origin, ...passedOn.slice(0, MARKS_MAX - 1)].map(({ installation, ticketId }) => `Handoff-Ticket: ${installation}/${ticketId}\n`);
  return `${lines.join('')}${text}`;
}

/** Whose text it is by its mark; `null` where it has none at its beginning. */
export function originOf(text: string): Origin | null {
  return originsOf(text)[0] ?? null;
}

/** All the marks with which a text begins: who wrote it, and whose text it passed on. */
export function originsOf(text: string): readonly Origin[] {
  if (!MAY_BE_MARKED.test(text)) return NO_ORIGINS;
  const origins: Origin[] = [];
  let rest = text.slice(0, HEAD_CHARS).replaceAll(UNSEEN, '').replaceAll(LAYOUT, ' ').trimStart();
  while (origins.length < MARKS_MAX) {
    const [whole, installation, ticketId] = MARKER.exec(rest) ?? [];
    if (whole === undefined || installation === undefined || ticketId === undefined) break;
    origins.push({ installation: installation.toLowerCase(), ticketId: ticketId.toLowerCase() });
    rest = rest.slice(whole.length).trimStart();
  }
  return origins;
}

/** Whether this installation wrote the text, or what it passes on. */
export function isOurs(text: string, installation: string): boolean {
  return originsOf(text).some((origin) => origin.installation === installation);
}
