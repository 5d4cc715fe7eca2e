import { ENTRY_CONDITIONS, entryCondition } from './agreement-entry.js';
import type { Agreement, AgreementEntry } from './facts.js';
import { warning } from './findings.js';
import type { Finding } from './findings.js';
import { instantMs } from './instants.js';

type PlacedEntry = Readonly<{ agreement: Agreement; entry: AgreementEntry; agreementIndex: number; entryIndex: number }>;

/**
 * Agreements of one pair that are in force together and give the same matter to different partners. The one
 * that began later wins, and with as early a beginning the smaller id; both were signed, so somebody should know.
 * Paths are as `agreements[1].entries[0]`. Equal conditions inside one agreement are `validateAgreement`'s.
 */
export function lintAgreements(agreements: readonly Agreement[]): readonly Finding[] {
  const entries = agreements.flatMap((agreement, agreementIndex) =>
    agreement.entries.map((entry, entryIndex) => ({ agreement, entry, agreementIndex, entryIndex })),
  );
  return grouped(entries).flatMap((same) =>
    same.flatMap((later, position) =>
      same
        .slice(0, position)
        .filter((earlier) => contradict(earlier, later))
        .map((earlier) => contradiction(earlier, later)),
    ),
  );
}

/** Entries that would answer for the same tickets. */
function grouped(entries: readonly PlacedEntry[]): readonly (readonly PlacedEntry[])[] {
  const byMatter = new Map<string, PlacedEntry[]>();
  for (const placed of entries) {
    const matter = matterOf(placed);
    const same = byMatter.get(matter);
    if (same === undefined) byMatter.set(matter, [placed]);
    else same.push(placed);
  }
  return [...byMatter.values()];
}

function matterOf({ agreement: { providerId, resellerId }, entry }: PlacedEntry): string {
  return JSON.stringify([providerId, resellerId, ...ENTRY_CONDITIONS.map((name) => entryCondition(entry, name))]);
}

function contradict(a: PlacedEntry, b: PlacedEntry): boolean {
  return a.agreementIndex !== b.agreementIndex && givesTo(a) !== givesTo(b) && inForceTogether(a.agreement, b.agreement);
}

function givesTo({ entry: { assignedTo, accountable } }: PlacedEntry): string {
  return assignedTo === 'shared' ? `shared, ${accountable ?? 'nobody'} accountable` : assignedTo;
}

function inForceTogether(a: Agreement, b: Agreement): boolean {
  return instantMs(a.from) < endMs(b) && instantMs(b.from) < endMs(a);
}

function endMs({ to }: Agreement): number {
  return to === null ? Infinity : instantMs(to);
}

function contradiction(a: PlacedEntry, b: PlacedEntry): Finding {
  const winner = winnerOf(a, b);
  return warning({
    code: 'agreements-contradict',
    path: `agreements[${b.agreementIndex}].entries[${b.entryIndex}]`,
    message: `${nameOf(a)} gives this to ${givesTo(a)}, ${nameOf(b)} to ${givesTo(b)}, for the same tickets at the same time; ${nameOf(winner)} wins.`,
    remedy: "End the older agreement ('to') where the newer begins, or make the conditions of one entry narrower.",
  });
}

function winnerOf(a: PlacedEntry, b: PlacedEntry): PlacedEntry {
  const [aMs, bMs] = [instantMs(a.agreement.from), instantMs(b.agreement.from)];
  if (aMs !== bMs) return aMs > bMs ? a : b;
  return (a.agreement.id ?? '') <= (b.agreement.id ?? '') ? a : b;
}

function nameOf({ agreement, agreementIndex, entryIndex }: PlacedEntry): string {
  return `entry ${entryIndex + 1} of agreement ${agreement.id ?? agreementIndex + 1} (since ${agreement.from})`;
}
