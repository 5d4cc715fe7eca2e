import { CHARS_MAX, outOfEnvelope, textAt, valueAt } from '../payload.js';

/**
 * The payload with what Jira Service Management says of a request beside it: `serviceRequest.type` and
 * `serviceRequest.organizations`. In Jira both stand in custom fields whose numbers each site has for itself, so that a
 * mapping could not be the same for two sites.
 */
export function withServiceRequest(payload: object): object {
  const fields = valueAt(outOfEnvelope(payload, ['issue']), 'fields');
  const custom = Object.entries(typeof fields === 'object' && fields !== null ? fields : {}).filter(([name]) => name.startsWith('customfield_')).map(([, value]) => value as unknown);
  const type = custom.map((value) => textAt(value, 'requestType.name', CHARS_MAX.name)).find((name) => typeof name === 'string');
  const organizations = custom.flatMap((value) => (Array.isArray(value) ? value as unknown[] : [])).filter(isOrganization).map((value) => textAt(value, 'name', CHARS_MAX.name)).filter((name) => typeof name === 'string');
  if (type === undefined && organizations.length === 0) return payload;
  return { ...payload, serviceRequest: { ...(type === undefined ? {} : { type }), organizations } };
}

function isOrganization(value: unknown): boolean {
  return /\/rest\/servicedeskapi\/organization\//.test(textAt(value, '_links.self', CHARS_MAX.url) ?? '');
}
