import type { Line, Section } from './sections.decision.js';

/** A message as text alone: the headline, then part by part with its heading underlined. */
export function plainText(headline: string, sections: readonly Section[]): string {
  const parts = sections.map(({ heading, lines, isNumbered }) => `${heading}\n${'-'.repeat(heading.length)}\n${lines.map((line, index) => textLine(line, isNumbered === true ? `${index + 1}. ` : '')).join('\n')}`);
  return [headline, ...parts].join('\n\n');
}

function textLine({ label, text, url, remark, isQuoted }: Line, number: string): string {
  const before = label === undefined ? '' : `${label}: `;
  if (isQuoted === true) return `${before === '' ? '' : `${before.trimEnd()}\n`}${text.split('\n').map((line) => `> ${line}`).join('\n')}`;
  const after = `${url === undefined || url === text ? '' : `: ${url}`}${remark === undefined ? '' : ` (${remark})`}`;
  return `${number}${before}${text}${after}`;
}
