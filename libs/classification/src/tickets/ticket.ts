import type { Area } from '../areas.js';

/** Subject, description, and what a person would say it is about; `null` where a person would have to ask. */
export type WrittenTicket = readonly [area: Area | null, subject: string, description: string];
