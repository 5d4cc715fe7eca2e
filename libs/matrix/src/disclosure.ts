import type { Audience, ContactField, ContactKind } from './vocabulary.js';

const EVERYTHING: readonly ContactField[] = ['name', 'email', 'phone', 'url'];
const SITE_ONLY: readonly ContactField[] = ['url'];
/** The engineering contact is a person to call; it has no site. */
const PERSON: readonly ContactField[] = ['name', 'email', 'phone'];
const NOTHING: readonly ContactField[] = [];

const SHOWN: Readonly<Record<ContactKind, Readonly<Record<Audience, readonly ContactField[]>>>> = {
  'customer-support': {
    customer: SITE_ONLY,
    'csp-partner': EVERYTHING,
    'isv-publisher': EVERYTHING,
    microsoft: SITE_ONLY,
  },
  'csp-program': { customer: NOTHING, 'csp-partner': EVERYTHING, 'isv-publisher': EVERYTHING, microsoft: NOTHING },
  engineering: { customer: NOTHING, 'csp-partner': PERSON, 'isv-publisher': PERSON, microsoft: PERSON },
};

/**
 * Which fields of a contact may be shown to whom: the one place that decides disclosure. A customer sees the
 * support site and nothing else, an engineering contact never; the CSP programme contact is for CSP partners;
 * a publisher sees its own. The support site is public.
 */
export function audienceFields(kind: ContactKind, audience: Audience): readonly ContactField[] {
  return SHOWN[kind][audience];
}
