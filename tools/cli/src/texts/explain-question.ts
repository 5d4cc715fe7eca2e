import { isRecord, type JsonRecord } from '../json-reading.js';

/** A question in flags; ids are those of the directory. */
export interface ExplainFlags {
  readonly area?: string;
  readonly severity?: string;
  readonly asker?: string;
  readonly offer?: string;
  readonly customer?: string;
  readonly subscription?: string;
  readonly cloud?: string;
  /** RFC 3339. */
  readonly at?: string;
  /** RFC 3339: by the directory as it was then. */
  readonly asOf?: string;
  readonly rows?: boolean;
  readonly language?: string;
}

/** The body of `POST /v1/explain`: what was given, with the flags laid over it. `null` where nothing is asked. */
export function questionFrom(given: JsonRecord, flags: ExplainFlags): JsonRecord | null {
  const { area, severity, asker, at, asOf, cloud, offer, subscription, customer } = flags;
  const ticket = { ...(isRecord(given['ticket']) ? given['ticket'] : {}), ...told({ area, severity, asker, at, cloud }) };
  const body = { ...given, ...told({ offer, subscription, customerId: customer, asOf }), ticket };
  return Object.keys(ticket).length === 0 && Object.keys(body).length === 1 ? null : body;
}

function told(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
