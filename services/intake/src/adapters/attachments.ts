import { type AttachmentLink, ATTACHMENTS_MAX } from '@handoff/contracts';
import { CHARS_MAX, firstTextAt, webUrlOf } from './payload.js';

/**
 * What is attached, as links: it is never fetched. What has no link to a web page is left out, and so is what is beyond `ATTACHMENTS_MAX`.
 * `undefined`: nothing is.
 */
export function attachmentsIn(list: unknown, { names, urls }: { readonly names: readonly string[]; readonly urls: readonly string[] }): readonly AttachmentLink[] | undefined {
  const links = (Array.isArray(list) ? list as unknown[] : []).slice(0, ATTACHMENTS_MAX).flatMap((item) => {
    const text = firstTextAt(item, urls, CHARS_MAX.url);
    const url = /^https?:\/\//i.test(text ?? '') ? webUrlOf(text) : null;
    return url === null ? [] : [{ name: firstTextAt(item, names, CHARS_MAX.name) ?? url.slice(0, CHARS_MAX.name), url }];
  });
  return links.length === 0 ? undefined : links;
}
