import type { ExitCode } from '../failure.js';
import { asJson, asText, cut, entries, safeLine, table } from '../format.js';
import { allPages } from '../http/all-pages.js';
import { isRecord, listAt, textAt } from '../json-reading.js';
import type { CommandContext } from './context.js';

const SUMMARY_CHARS_MAX = 60;

export interface NoticesOptions {
  readonly offer?: string;
  readonly open?: true;
  readonly limit: number;
  readonly cursor?: string;
}

/** One outage with the partners that were told of it, or a list of outages. */
export async function notices(context: CommandContext, [id]: readonly string[], options: NoticesOptions): Promise<ExitCode> {
  return id === undefined ? listNotices(context, options) : showNotice(context, id);
}

async function listNotices({ services, terminal, isJson, paint }: CommandContext, { offer, open, limit, cursor }: NoticesOptions): Promise<ExitCode> {
  const page = await services.routing.get('/v1/health-notices', { offerId: offer, isOpen: open === true ? 'true' : undefined, limit, cursor });
  const next = textAt(page, 'next');
  terminal.write(isJson ? asJson(page) : asText([...noticeTable(listAt(page, 'items')), ...(next === null ? [] : [paint.dim(`More: add --cursor ${next}`)])]));
  return 0;
}

async function showNotice({ services, terminal, isJson, paint }: CommandContext, id: string): Promise<ExitCode> {
  const path = `/v1/health-notices/${encodeURIComponent(id)}`;
  const notice = await services.routing.get(path, {});
  const partners = await allPages(services.routing, `${path}/partners`, {});
  const lines = [
    ...entries([
      ['Outage', `${textAt(notice, 'noticeId') ?? '?'}, version ${textAt(notice, 'noticeVersion') ?? '?'}`], ['Offer', textAt(notice, 'offerId')], ['Since', textAt(notice, 'startedAt')], ['Until', textAt(notice, 'endedAt') ?? 'it lasts'],
      ['Summary', textAt(notice, 'summary')], ['Told', `${textAt(notice, 'partnersTold') ?? '0'} of ${textAt(notice, 'partners') ?? '0'} partners of the newest version`], ['Hindered', textAt(notice, 'failure')],
    ], paint),
    ...(partners.length === 0 ? [] : ['', ...partnerTable(partners)]),
  ];
  terminal.write(isJson ? asJson({ ...(isRecord(notice) ? notice : {}), partnerList: partners }) : asText(lines));
  return 0;
}

function noticeTable(items: readonly unknown[]): string[] {
  if (items.length === 0) return ['There are no health notices.'];
  const rows = items.map((item) => [textAt(item, 'noticeId') ?? '?', textAt(item, 'offerId') ?? '?', textAt(item, 'startedAt') ?? '?', textAt(item, 'endedAt') ?? 'it lasts', `${textAt(item, 'partnersTold') ?? '0'}/${textAt(item, 'partners') ?? '0'}`, cut(textAt(item, 'summary') ?? '', SUMMARY_CHARS_MAX)].map(safeLine));
  return table([['NOTICE', 'OFFER', 'SINCE', 'UNTIL', 'TOLD', 'SUMMARY'], ...rows]);
}

function partnerTable(items: readonly unknown[]): string[] {
  const rows = items.map((item) => {
    const messages = listAt(item, 'messages').map((message) => `v${textAt(message, 'version') ?? '?'} ${textAt(message, 'channel') ?? '?'} ${textAt(message, 'outcome') ?? '?'}${textAt(message, 'code') === null ? '' : ` (${textAt(message, 'code') ?? ''})`}`);
    return [textAt(item, 'partnerId') ?? '?', textAt(item, 'partnerName') ?? '-', textAt(item, 'customers') ?? '0', textAt(item, 'toldVersion') ?? '0', messages.join(', ')].map(safeLine);
  });
  return table([['PARTNER', 'NAME', 'CUSTOMERS', 'VERSION', 'MESSAGES'], ...rows]);
}
