import { ENTRY_CONDITIONS, entryCondition } from './agreement-entry.js';
import type { Agreement, AgreementEntry } from './facts.js';
import { error as found } from './findings.js';
import type { Finding } from './findings.js';
import { instantMs } from './instants.js';
import { AREAS, ASSIGNEES, OFFER_KINDS, SEVERITIES, SUPPORT_CONTACTS } from './vocabulary.js';

/**
 * What is wrong with an agreement that somebody writes; empty where it may be stored. Two entries with equal
 * conditions are refused, for no rule could choose between them. All findings are errors.
 */
export function validateAgreement(agreement: Agreement): readonly Finding[] {
  return [
    ...pairFindings(agreement),
    ...periodFindings(agreement),
    ...(agreement.entries.length === 0
      ? [error('entries-missing', 'entries', 'An agreement needs at least one entry.')]
      : []),
    ...agreement.entries.flatMap((entry, index) => entryFindings(entry, `entries[${index}]`)),
    ...equalConditions(agreement.entries),
  ];
}

function pairFindings({ providerId, resellerId }: Agreement): readonly Finding[] {
  return [
    ...(providerId === '' ? [error('provider-missing', 'providerId', 'An agreement names its provider.')] : []),
    ...(resellerId === '' ? [error('reseller-missing', 'resellerId', 'An agreement names its reseller.')] : []),
    ...(providerId !== '' && providerId === resellerId
      ? [error('pair-equal', 'resellerId', 'Provider and reseller must be two partners.')]
      : []),
  ];
}

function periodFindings({ from, to }: Agreement): readonly Finding[] {
  const fromMs = instantMs(from);
  const toMs = to === null ? Infinity : instantMs(to);
  return [
    ...(Number.isNaN(fromMs) ? [notAnInstant('from', from)] : []),
    ...(Number.isNaN(toMs) ? [notAnInstant('to', String(to))] : []),
    ...(toMs <= fromMs
      ? [
          error(
            'period-empty',
            'to',
            `'to' (${String(to)}) must be after 'from' (${from}): it is the first moment no longer in force.`,
          ),
        ]
      : []),
  ];
}

function notAnInstant(path: string, value: string): Finding {
  return error('instant-invalid', path, `'${value}' is neither a date (2026-01-31) nor an RFC 3339 instant.`);
}

function entryFindings(entry: AgreementEntry, path: string): readonly Finding[] {
  return [
    ...unknownValue(entry.area, ['all', ...AREAS], `${path}.area`),
    ...unknownValue(entry.kind, OFFER_KINDS, `${path}.kind`),
    ...unknownValue(entry.severity, SEVERITIES, `${path}.severity`),
    ...unknownValue(entry.assignedTo, ASSIGNEES, `${path}.assignedTo`),
    ...unknownValue(entry.accountable, SUPPORT_CONTACTS, `${path}.accountable`),
    ...accountableFindings(entry, `${path}.accountable`),
  ];
}

function unknownValue(value: string | null, allowed: readonly string[], path: string): readonly Finding[] {
  if (value === null || allowed.includes(value)) return [];
  return [error('value-unknown', path, `'${value}' is not one of ${allowed.join(', ')}.`)];
}

function accountableFindings({ assignedTo, accountable }: AgreementEntry, path: string): readonly Finding[] {
  if (assignedTo === 'shared' && accountable === null) {
    return [error('accountable-missing', path, "A shared matter names who is accountable: 'provider' or 'reseller'.")];
  }
  if (assignedTo !== 'shared' && accountable !== null && accountable !== assignedTo) {
    return [
      error(
        'accountable-contradicts',
        path,
        `The matter is the ${assignedTo}'s, so nobody else is accountable for it.`,
      ),
    ];
  }
  return [];
}

function equalConditions(entries: readonly AgreementEntry[]): readonly Finding[] {
  const keys = entries.map(conditionsOf);
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key);
    if (first === index) return [];
    return [
      error(
        'conditions-equal',
        `entries[${index}]`,
        `Entry ${index + 1} has the conditions of entry ${first + 1}: nothing could choose between them.`,
      ),
    ];
  });
}

function conditionsOf(entry: AgreementEntry): string {
  return JSON.stringify(ENTRY_CONDITIONS.map((name) => entryCondition(entry, name)));
}

/** What would be right, by code. */
const REMEDIES = {
  'entries-missing': 'Add an entry that says who takes what.',
  'provider-missing': "Give 'providerId'.",
  'reseller-missing': "Give 'resellerId'.",
  'pair-equal': 'Name two different partners.',
  'instant-invalid': 'Write a date (2026-01-31) or an instant (2026-01-31T09:00:00Z).',
  'period-empty': "Give a later 'to', or none for an agreement without an end.",
  'value-unknown': 'Use one of those.',
  'accountable-missing': "Add 'accountable: provider' or 'accountable: reseller'.",
  'accountable-contradicts': "Remove 'accountable', or assign the matter to 'shared'.",
  'conditions-equal': 'Add a condition to one of the two, or remove one.',
};

function error(code: keyof typeof REMEDIES, path: string, message: string): Finding {
  return found({ code, path, message, remedy: REMEDIES[code] });
}
