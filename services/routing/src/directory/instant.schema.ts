import { z } from 'zod';

/** PostgreSQL takes no offset of 16 hours or more, and no year 0; RFC 3339 allows both, and no place on earth has either. */
const STORABLE = /^(?!0000).*(?:Z|[+-](?:0\d|1[0-5]):\d\d)$/;

/** A time of RFC 3339 that PostgreSQL can compare with others. */
export const instant = z.iso.datetime({ offset: true }).refine((text) => STORABLE.test(text), 'has an offset or a year that no place on earth has');
