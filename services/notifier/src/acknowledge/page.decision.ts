import { oneLine } from '../message/clean-text.js';
import { escapeHtml } from '../message/escape-html.js';
import type { Words } from '../message/texts/words.js';
import type { Visit } from './acknowledge-by-link.handler.js';

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:0;padding:2rem 1rem}main{max-width:36rem;margin:0 auto}
input{font:inherit;padding:.5rem;max-width:100%;box-sizing:border-box}
h1{font-size:1.5rem;line-height:1.3}.ticket{font-weight:600;overflow-wrap:anywhere}button{font:inherit;padding:.75rem 1.5rem;min-height:2.75rem;border:2px solid currentColor;border-radius:.5rem;background:#0b57d0;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid;outline-offset:3px}`;

const NAME_LENGTH_MAX = 512;
const NUMBER_LENGTH_MAX = 64;

export interface Page {
  readonly status: number;
  readonly html: string;
}

/** The page behind a link: without scripts, images or anything from elsewhere, readable for a screen reader, in one language. */
export function pageOf(visit: Visit, words: Words): Page {
  return { status: statusOf(visit), html: documentOf(words.language, words.text('page.title'), bodyOf(visit, words)) };
}

function statusOf({ state }: Visit): number {
  if (state === 'unknown') return 404;
  if (state === 'refused') return 422;
  return state === 'expired' ? 410 : 200;
}

function bodyOf(visit: Visit, words: Words): string {
  const texts = (role: 'status' | 'alert', ...sentences: readonly string[]): string => `<p role="${role}">${escapeHtml(sentences.join(' '))}</p>`;
  switch (visit.state) {
    // The form has no action: it posts to this address, whose token is what allows it.
    case 'open': return `${ticket(visit.subjectLine)}<p>${escapeHtml(words.text('page.question'))}</p>${form(words, { button: 'page.button', field: visit.asksForServiceRequest ? '' : null })}`;
    case 'refused': return ticket(visit.subjectLine) + texts('alert', words.text('page.service-request.invalid')) + form(words, { button: 'page.button', field: visit.entered.slice(0, NUMBER_LENGTH_MAX) });
    case 'added': return ticket(visit.subjectLine) + texts('status', words.text('page.service-request.added'));
    case 'acknowledged': return ticket(visit.subjectLine) + texts('status', words.text('page.done'));
    case 'used': return ticket(visit.subjectLine) + texts('status', words.say('page.used', { by: oneLine(visit.used.by ?? words.text('page.somebody'), NAME_LENGTH_MAX), time: words.time(visit.used.at.toISOString()) })) + (visit.asksForServiceRequest ? form(words, { button: 'page.service-request.add', field: '' }) : '');
    case 'expired': return texts('alert', words.text('page.expired'), words.text('page.go-on'));
    case 'unknown': return texts('alert', words.text('page.unknown'), words.text('page.go-on'));
  }
}

/** `field`: what stands in the field for the number of a service request; `null`: there is none. */
function form(words: Words, { button, field }: { readonly button: 'page.button' | 'page.service-request.add'; readonly field: string | null }): string {
  const input = field === null ? '' : `<p><label for="service-request">${escapeHtml(words.text('page.service-request'))}</label><br><input id="service-request" name="service-request" maxlength="${NUMBER_LENGTH_MAX}" autocomplete="off" value="${escapeHtml(field)}"></p>`;
  return `<form method="post">${input}<button type="submit">${escapeHtml(words.text(button))}</button></form>`;
}

function ticket(subjectLine: string): string {
  return `<p class="ticket">${escapeHtml(subjectLine)}</p>`;
}

function documentOf(language: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
}
