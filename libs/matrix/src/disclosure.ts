import { AUDIENCES, CONTACT_KINDS } from './vocabulary.js';
import type { Audience, ContactField, ContactKind } from './vocabulary.js';

/**
 * Which fields of which contact an audience may see. What is not named stays as `audienceFields` has it; a
 * field that is named and not allowed there stays hidden.
 */
export type Disclosure = Readonly<
  Partial<Record<Audience, Readonly<Partial<Record<ContactKind, readonly ContactField[]>>>>>
>;

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
 * a publisher sees its own. The support site is public. A narrower disclosure takes away, and never adds.
 */
export function audienceFields(kind: ContactKind, audience: Audience, narrower?: Disclosure): readonly ContactField[] {
  const allowed = SHOWN[kind][audience];
  const left = narrower?.[audience]?.[kind];
  return left === undefined ? allowed : allowed.filter((field) => left.includes(field));
}

/** What both disclosures allow. */
export function narrowed(one: Disclosure | undefined, other: Disclosure | undefined): Disclosure | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const both = AUDIENCES.map((audience) => [
    audience,
    Object.fromEntries(
      CONTACT_KINDS.map((kind) => [
        kind,
        audienceFields(kind, audience, one).filter((field) => audienceFields(kind, audience, other).includes(field)),
      ]),
    ),
  ]);
  return Object.fromEntries(both) as Disclosure;
}
