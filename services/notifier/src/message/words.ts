import type { Party, Role, TicketRouted } from '@handoff/contracts';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  customer: 'the customer', 'direct-bill-partner': 'the direct-bill partner', 'indirect-provider': 'the indirect provider',
  'indirect-reseller': 'the indirect reseller', 'isv-publisher': 'the publisher', microsoft: 'Microsoft', shared: 'several parties together',
};

const SEVERITY_WORDS = { A: 'A (critical)', B: 'B (moderate)', C: 'C (minimal)' } as const;

const CONTACT_WORDS: Readonly<Record<string, string>> = {
  'customer-support': 'Customer support', 'csp-program': 'Contact for CSP partners', engineering: 'Engineering', partner: 'Partner of the customer',
};

/** A party in words, with its name where the event tells it, else its id: `the publisher Contoso`. */
export function partyWords(party: Party | null, { recipients }: Pick<TicketRouted, 'recipients'>): string {
  if (party === null) return 'nobody yet';
  if (party.role === 'shared' && party.parties !== undefined) return party.parties.map((one) => partyWords(one, { recipients })).join(' and ');
  const known = recipients.find((recipient) => recipient.party.role === party.role && recipient.party.partyId === party.partyId);
  const name = known?.partyName ?? party.partyId ?? '';
  return name === '' || party.role === 'microsoft' ? ROLE_WORDS[party.role] : `${ROLE_WORDS[party.role]} ${name}`;
}

export function isSameParty(a: Party, b: Party): boolean {
  return a.role === b.role && (a.partyId ?? null) === (b.partyId ?? null);
}

export function severityWords(severity: 'A' | 'B' | 'C' | null): string | null {
  return severity === null ? null : SEVERITY_WORDS[severity];
}

/** `customer-billing` as `customer billing`. */
export function areaWords(area: string | null): string | null {
  return area === null ? null : area.replaceAll('-', ' ');
}

export function contactWords(kind: string): string {
  return CONTACT_WORDS[kind] ?? kind.replaceAll('-', ' ');
}

/** One line without control characters, at most so long. */
export function oneLine(text: string, lengthMax: number): string {
  // Control characters and the Unicode line separators do not belong into a header.
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/ {2,}/g, ' ').trim();
  return line.length <= lengthMax ? line : `${line.slice(0, lengthMax - 1).toWellFormed().trimEnd()}…`;
}

/** Text of several lines without other control characters, at most so long. */
export function cleanText(text: string, lengthMax: number): string {
  const clean = text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '').trim();
  return clean.length <= lengthMax ? clean : `${clean.slice(0, lengthMax).toWellFormed().trimEnd()}\n… (shortened; the whole text is in the ticket)`;
}
