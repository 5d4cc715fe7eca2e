/** Stable codes for programs; the text beside each is for people. */
export const REASON_CODES = [
  'matrix-row',
  'not-classified',
  'cloud-not-served',
  'offer-not-in-cloud',
  'bought-directly',
  'first-party-product',
  'licensing-model',
  'customer-never-asks-microsoft',
  'asked-by-partner',
  'asked-by-reseller',
  'asked-by-publisher',
  'asked-by-microsoft',
  'asker-is-responsible',
  'partner-first',
  'partner-first-not-for-area',
  'already-there',
  'attached-to-outage',
  'handed-over-by',
  'escalated-through',
  'agreement-entry',
  'shared-by-agreement',
  'no-agreement-in-force',
  'support-contact-designated',
  'provider-by-default',
  'no-reseller-known',
  'contact-chosen',
  'contacts-unknown',
  'no-support-site',
  'no-usable-contact',
  'government-site',
  'no-government-site',
  'offer-unknown',
  'partner-unknown',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/**
 * Why: a code, a sentence in English, and where the rule comes from. `message` is the sentence's key in the
 * catalogues and `params` what it is filled with, by which `inLanguage` says it in another language.
 */
export type Reason = Readonly<{
  code: ReasonCode;
  text: string;
  source: string;
  message?: string;
  params?: Readonly<Record<string, string>>;
}>;

/** Where a rule comes from that the guidance leaves open. */
export const HANDOFF_DEFAULT = 'Handoff default, where the guidance is silent';
/** The page that splits the work between CSP partner, publisher and Microsoft, in our words. */
export const SUPPORT_PAGE =
  'Partner Center documentation: support for commercial marketplace products in the CSP program';
