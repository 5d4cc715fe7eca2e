import type { Adapter, SetupStep } from '../adapters/adapter.js';
import type { SourceWithSecrets } from '../sources/source.js';

/** How a person connects the system of a source. */
export interface SetupDocument {
  readonly source: string;
  readonly title: string;
  readonly webhookUrl: string;
  /** The steps hold the secret itself, not a placeholder. */
  readonly showsSecret: boolean;
  readonly steps: readonly SetupStep[];
}

/** A source is made, and then its system is connected: for this long after it was made, the secret is shown in the steps. */
const SHOWN_MS = 3_600_000;
const PLACEHOLDER = '<the secret of this source>';

export function setupOf({ source, secrets }: SourceWithSecrets, adapter: Adapter, { webhookUrl, now }: { readonly webhookUrl: string; readonly now: Date }): SetupDocument {
  const newest = secrets.find(({ expiresAt }) => expiresAt === null);
  const showsSecret = newest !== undefined && now.getTime() - Date.parse(newest.createdAt) < SHOWN_MS;
  const steps = adapter.setup({ webhookUrl, secret: showsSecret ? newest.secret : PLACEHOLDER });
  const isHidden = adapter.secret !== null && !showsSecret && steps.some(({ text, snippet }) => `${text}${snippet?.content ?? ''}`.includes(PLACEHOLDER));
  return {
    source: source.source, title: adapter.title, webhookUrl, showsSecret,
    steps: isHidden ? [{ text: `The secret of this source was made more than an hour ago, and is not shown again. Where you do not have it, make another: npx handoff source rotate ${source.source}` }, ...steps] : steps,
  };
}

/** The same as Markdown, for people. */
export function setupAsMarkdown({ source, title, steps }: SetupDocument): string {
  const parts = steps.map(({ text, snippet }, index) => `${index + 1}. ${text}\n${snippet === undefined ? '' : fenced(snippet)}`);
  return `# ${title}: connect it as '${source}'\n\n${parts.join('\n')}`;
}

/** Three blanks make it a part of its step. The fence is longer than any in the content. */
function fenced({ language, content }: NonNullable<SetupStep['snippet']>): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return ['', `${fence}${language}`, ...content.split('\n'), fence].map((line) => (line === '' ? '' : `   ${line}`)).join('\n').concat('\n');
}
