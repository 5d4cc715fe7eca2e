import type { Instant } from '@handoff/contracts';
import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, textAt, valueAt } from '../payload.js';
import { readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapDynamics } from './dynamics.mapping.js';
import { incidentOfRow } from './incident.js';

const PAGE_SIZE = 100;
const CONTACT = 'primarycontactid($select=fullname,emailaddress1)';

/** The Web API of Dataverse; the base URL ends in `/api/data/v9.2`. Each user has 6,000 requests in five minutes. */
export const dynamicsApi: SourceApi = {
  auth: ['oauth2-client-credentials', 'bearer'],
  hosts: /^[a-z0-9-]+(\.api)?\.crm\d*\.(dynamics\.com|dynamics\.cn|microsoftdynamics\.us|appsplatform\.us)$/,
  requestsPerSecondMax: 10,
  headers: { accept: 'application/json', 'odata-version': '4.0', 'odata-maxversion': '4.0', prefer: `odata.include-annotations="*",odata.maxpagesize=${PAGE_SIZE}` },
  complete,
  updatedSince,
};

async function complete({ externalId, externalUrl, change }: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const row = await context.api.get(`/incidents(${encodeURIComponent(externalId)})?${new URLSearchParams({ $expand: CONTACT }).toString()}`);
  return typeof row === 'object' && row !== null ? { ...read(row, change === 'created', context), externalUrl } : null;
}

async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const query = new URLSearchParams({ $filter: `modifiedon ge ${since.toISOString()}`, $orderby: 'modifiedon asc,incidentid asc', $expand: CONTACT });
  for (let path: string | null = `/incidents?${query.toString()}`; path !== null;) {
    const page: unknown = await context.api.get(path);
    const rows = valueAt(page, 'value');
    for (const row of Array.isArray(rows) ? (rows as unknown[]) : []) {
      if (typeof row === 'object' && row !== null) yield read(row, Date.parse(instantOf(valueAt(row, 'createdon'), new Date(0))) >= since.getTime(), context);
    }
    path = nextPathOf(page);
  }
}

/** The next page is named by a whole address, of which only the end is ours to follow: the host stays the source's own. */
function nextPathOf(page: unknown): string | null {
  const link = typeof page === 'object' && page !== null ? (page as Record<string, unknown>)['@odata.nextLink'] : undefined;
  const begin = typeof link === 'string' ? link.indexOf('/incidents?') : -1;
  return typeof link === 'string' && begin >= 0 ? link.slice(begin) : null;
}

function read(row: object, isNew: boolean, context: ReadContext): ReadTicket {
  const { primarycontactid: contact, ...columns } = row as Record<string, unknown>;
  const updatedAt: Instant = instantOf(valueAt(row, 'modifiedon'), context.now);
  const incident = { ...incidentOfRow(columns), ...(typeof contact === 'object' ? { contact } : {}) };
  const payload = { MessageName: 'Update', PrimaryEntityName: 'incident', PrimaryEntityId: valueAt(row, 'incidentid'), InitiatingUserId: textAt(row, '_modifiedby_value', CHARS_MAX.name) ?? null, incident };
  return readTicket(mapDynamics(payload, context), { payload, updatedAt, isNew });
}
