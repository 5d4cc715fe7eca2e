import { escapeHtml } from '../message/escape-html.js';
import type { Visit } from './acknowledge-by-link.handler.js';
import { PAGE_TEXTS, type PageLanguage, type PageTexts } from './page-texts.js';

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:0;padding:2rem 1rem}main{max-width:36rem;margin:0 auto}
h1{font-size:1.5rem;line-height:1.3}.ticket{font-weight:600;overflow-wrap:anywhere}button{font:inherit;padding:.75rem 1.5rem;min-height:2.75rem;border:2px solid currentColor;border-radius:.5rem;background:#0b57d0;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid;outline-offset:3px}`;

export interface Page {
  readonly status: number;
  readonly html: string;
}

/** The page behind a link: without scripts, images or anything from elsewhere, readable for a screen reader, in one language. */
export function pageOf(visit: Visit, language: PageLanguage): Page {
  const texts = PAGE_TEXTS[language];
  return { status: statusOf(visit), html: documentOf(language, texts.title, bodyOf(visit, texts)) };
}

function statusOf({ state }: Visit): number {
  if (state === 'unknown') return 404;
  return state === 'expired' ? 410 : 200;
}

function bodyOf(visit: Visit, texts: PageTexts): string {
  switch (visit.state) {
    // The form has no action: it posts to this address, whose token is what allows it.
    case 'open': return `${ticket(visit.subjectLine)}<p>${escapeHtml(texts.question)}</p><form method="post"><button type="submit">${escapeHtml(texts.button)}</button></form>`;
    case 'acknowledged': return `${ticket(visit.subjectLine)}<p role="status">${escapeHtml(texts.done)} ${escapeHtml(texts.doneMore)}</p>`;
    case 'used': return `${ticket(visit.subjectLine)}<p role="status">${escapeHtml(texts.used)} ${escapeHtml(texts.usedBy(visit.used.by ?? texts.somebody, timeOf(visit.used.at)))}</p>`;
    case 'expired': return `<p role="alert">${escapeHtml(texts.expired)} ${escapeHtml(texts.goOn)}</p>`;
    case 'unknown': return `<p role="alert">${escapeHtml(texts.unknown)} ${escapeHtml(texts.goOn)}</p>`;
  }
}

function ticket(subjectLine: string): string {
  return `<p class="ticket">${escapeHtml(subjectLine)}</p>`;
}

/** A time that is the same in both languages, as 2026-11-02 08:20 UTC. */
function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function documentOf(language: PageLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
}
