import type { Addresses } from './run-file.js';

export interface SummaryFacts {
  /** One line an engine. */
  readonly engines: readonly string[];
  readonly services: readonly string[];
  readonly addresses: Addresses;
  readonly tokenFile: string;
  /** Signs a browser in to the console; `null` where there is no console. */
  readonly signInUrl: string | null;
  readonly tookMs: number;
  readonly note: string | undefined;
}

/** What `npm start` prints once everything is ready. */
export function summary(facts: SummaryFacts): string {
  const { addresses } = facts;
  const rows: [string, string][] = facts.services.map((name) => [
    name,
    `${addresses[name]}   API: ${addresses[name]}/docs`,
  ]);
  rows.push([
    'mail',
    addresses.mailbox === null ? `sent through ${addresses.smtp}` : `${addresses.mailbox}   (stays on this machine)`,
  ]);
  rows.push(['token', facts.tokenFile]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    '',
    `Handoff is ready (${(facts.tookMs / 1_000).toFixed(1)} s).`,
    '',
    ...facts.engines.map((line) => `  ${line}`),
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...(facts.note === undefined ? [] : ['', `  ${facts.note}`]),
    ...(facts.signInUrl === null ? [] : ['', 'Open the console (the link works once, for half an hour; another: npx handoff console link):', `  ${facts.signInUrl}`]),
    '',
    'Next, in another terminal:',
    '  npx handoff send --source jira-demo    sends a sample ticket',
    '  npx handoff doctor                     says what is wrong, if anything is',
    '',
    'Ctrl-C stops everything; the data stay.',
  ].join('\n');
}
