import { CommandFailure, type ExitCode } from '../failure.js';
import { asJson, asText, cut, safeLine, table } from '../format.js';
import { listAt, textAt, valueAt } from '../json-reading.js';
import type { CommandContext } from './context.js';

const REASON_CHARS_MAX = 60;

export interface SuppressionListOptions {
  readonly state?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface SuppressionOptions {
  readonly destination?: string;
  readonly address?: string;
  readonly channel?: string;
  readonly queue?: string;
  readonly offer?: string;
  readonly everything?: true;
  readonly includeSeverityA?: true;
  /** RFC 3339. */
  readonly from?: string;
  readonly until?: string;
  /** Milliseconds. */
  readonly for?: number;
  readonly reason: string;
  readonly author: string;
  readonly authorEmail?: string;
}

export async function listSuppressions({ services, terminal, isJson, paint }: CommandContext, _args: readonly string[], { state, limit, cursor }: SuppressionListOptions): Promise<ExitCode> {
  const page = await services.notifier.get('/v1/suppressions', { state, limit, cursor });
  const next = textAt(page, 'next');
  terminal.write(isJson ? asJson(page) : asText([...suppressionTable(listAt(page, 'items')), ...(next === null ? [] : [paint.dim(`More: add --cursor ${next}`)])]));
  return 0;
}

/** Holds messages back, and says how to end that. */
export async function addSuppression({ services, terminal, isJson }: CommandContext, _args: readonly string[], options: SuppressionOptions): Promise<ExitCode> {
  const { destination, address, channel, queue, offer: offerId, everything, includeSeverityA, from, reason, author, authorEmail } = options;
  const match = Object.fromEntries(Object.entries({ destination, address, channel, queue, offerId, everything }).filter(([, value]) => value !== undefined));
  const created = await services.notifier.post('/v1/suppressions', {
    match, until: endOf(options), reason, author, ...(from === undefined ? {} : { from }), ...(includeSeverityA === undefined ? {} : { includeSeverityA }), ...(authorEmail === undefined ? {} : { authorEmail }),
  });
  const id = textAt(created, 'id') ?? '?';
  terminal.write(isJson ? asJson(created) : `${id} holds ${matchWords(created)} until ${textAt(created, 'until') ?? '?'}.\nEnd it sooner with: npx handoff suppressions end ${id} --by ${author.includes(' ') ? `'${safeLine(author)}'` : safeLine(author)}\n`);
  return 0;
}

export async function endSuppression({ services, terminal, isJson }: CommandContext, [id = '']: readonly string[], { by }: { readonly by: string }): Promise<ExitCode> {
  const ended = await services.notifier.post(`/v1/suppressions/${encodeURIComponent(id)}/end`, { by });
  terminal.write(isJson ? asJson(ended) : `${id} has ended. What it held is sent within a second or two: ${textAt(ended, 'held') ?? '0'} messages.\n`);
  return 0;
}

function endOf({ until, for: lengthMs, from }: SuppressionOptions): string {
  if ((until === undefined) === (lengthMs === undefined)) throw new CommandFailure(2, 'wrong-use', 'Say when it ends: either --until or --for.');
  return until ?? new Date((from === undefined ? Date.now() : Date.parse(from)) + (lengthMs ?? 0)).toISOString();
}

function suppressionTable(items: readonly unknown[]): string[] {
  if (items.length === 0) return ['There are no suppressions.'];
  const rows = items.map((item) => [textAt(item, 'id') ?? '?', textAt(item, 'state') ?? '?', textAt(item, 'endedAt') ?? textAt(item, 'until') ?? '?', textAt(item, 'held') ?? '0', textAt(item, 'author') ?? '?', matchWords(item), cut(textAt(item, 'reason') ?? '', REASON_CHARS_MAX)].map(safeLine));
  return table([['ID', 'STATE', 'ENDS', 'HELD', 'AUTHOR', 'HOLDS', 'REASON'], ...rows]);
}

/** As `destination isv/contoso, channel mail`. */
function matchWords(suppression: unknown): string {
  const match = valueAt(suppression, 'match');
  const parts = Object.entries(match ?? {}).map(([name, value]) => (name === 'everything' ? 'everything' : `${name} ${String(value)}`));
  return `${parts.join(', ')}${valueAt(suppression, 'includeSeverityA') === true ? ', severity A too' : ''}`;
}
