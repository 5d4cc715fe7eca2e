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
const HEAD_CHARS = 2_000;

/**
 * Marks a text that Handoff writes into another system, so that it is recognised when it comes back from there. The mark is
 * the first line, because a person who answers puts something before what is quoted.
 */
export function markText(text: string, { installation, ticketId }: Origin): string {
  return `Handoff-Ticket: ${installation}/${ticketId}\n${text}`;
}

/** Whose text it is by its mark; `null` where it has none at its beginning. */
export function originOf(text: string): Origin | null {
  const [, installation, ticketId] = MARKER.exec(text.slice(0, HEAD_CHARS).replaceAll(UNSEEN, '').replaceAll(LAYOUT, ' ').trimStart()) ?? [];
  return installation === undefined || ticketId === undefined ? null : { installation: installation.toLowerCase(), ticketId: ticketId.toLowerCase() };
}

/** Whether this installation wrote the text. */
export function isOurs(text: string, installation: string): boolean {
  return originOf(text)?.installation === installation;
}
