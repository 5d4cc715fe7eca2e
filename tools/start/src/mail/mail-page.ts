import type { MailMessage, MailSummary } from './mail-message.js';

const LIST_MAX = 200;

export const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid #8884; vertical-align: top; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: 1rem; }
iframe { width: 100%; height: 30rem; border: 1px solid #8884; background: #fff; }
input { font: inherit; padding: .25rem .5rem; width: 20rem; max-width: 100%; }
`;

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Escapes, and makes web addresses links: a mail's acknowledge link is what one looks for here. */
export function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) => {
      const safe = escapeHtml(part);
      return index % 2 === 1 ? `<a href="${safe}" target="_blank" rel="noopener noreferrer">${safe}</a>` : safe;
    })
    .join('');
}

export function listPage(mails: readonly MailSummary[], query: string): string {
  const rows = mails.slice(0, LIST_MAX).map(
    (mail) => `<tr><td><time>${escapeHtml(mail.receivedAt)}</time></td><td>${escapeHtml(mail.to.join(', '))}</td>
<td><a href="/messages/${escapeHtml(mail.id)}">${escapeHtml(mail.subject || '(no subject)')}</a></td></tr>`,
  );
  const cut = mails.length > LIST_MAX ? `<p>The newest ${LIST_MAX} are shown.</p>` : '';
  const none = query === '' ? 'Nothing has arrived yet.' : 'Nothing matches.';
  const table = `<table><thead><tr><th scope="col">Received</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>
<p>Mail that Handoff sent on this machine. Nothing leaves it.</p>
<form><label>Search <input type="search" name="q" value="${escapeHtml(query)}"></label> <button>Search</button></form>
<p>${mails.length} ${mails.length === 1 ? 'message' : 'messages'}</p>
${mails.length === 0 ? `<p>${none}</p>` : table}${cut}`,
    query === '' ? '<meta http-equiv="refresh" content="10">' : '',
  );
}

export function messagePage(mail: MailMessage): string {
  const headers = Object.entries(mail.headers)
    .map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('\n');
  const html =
    mail.html === null
      ? ''
      : `<h2>HTML</h2>
<iframe sandbox="" title="HTML part" src="/messages/${escapeHtml(mail.id)}/html"></iframe>`;
  return page(
    mail.subject || '(no subject)',
    `<p><a href="/">Mailbox</a></p>
<h1>${escapeHtml(mail.subject || '(no subject)')}</h1>
<p>From ${escapeHtml(mail.from)} to ${escapeHtml(mail.to.join(', '))}, <time>${escapeHtml(mail.receivedAt)}</time></p>
<h2>Text</h2>
${mail.text === null ? '<p>There is no text part.</p>' : `<pre>${linked(mail.text)}</pre>`}
${html}
<h2>Headers</h2>
<table>${headers}</table>`,
  );
}

export function problemPage(title: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p><a href="/">Mailbox</a></p>`);
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/style.css">${head}</head>
<body>${body}</body>
</html>
`;
}
