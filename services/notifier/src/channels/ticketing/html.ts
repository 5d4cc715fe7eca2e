import { escapeHtml } from '../../message/escape-html.js';

/** Text for systems that take HTML: what others wrote stays text, and lines stay lines. */
export function htmlOfText(text: string): string {
  return `<div>${escapeHtml(text).replaceAll('\n', '<br>')}</div>`;
}
