import type { ImportFormatName } from '../import.js';
import { AGREEMENTS } from './agreements.format.js';
import { CUSTOMERS } from './customers.format.js';
import { DIRECTORY } from './directory.format.js';
import type { ImportFormat } from './format.js';
import { OFFERS } from './offers.format.js';
import { SUBSCRIPTIONS } from './subscriptions.format.js';

export const FORMATS: Readonly<Record<ImportFormatName, ImportFormat>> = { offers: OFFERS, customers: CUSTOMERS, subscriptions: SUBSCRIPTIONS, agreements: AGREEMENTS, directory: DIRECTORY };
