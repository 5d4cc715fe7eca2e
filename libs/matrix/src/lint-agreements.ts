import { ENTRY_CONDITIONS, bySpecificity } from './agreement-entry.js';
import type { RankedEntry } from './agreement-entry.js';
import { rankedEntries } from './agreement-index.js';
import type { Agreement } from './facts.js';
import { warning } from './findings.js';
import type { Finding } from './findings.js';

type PlacedEntry = RankedEntry & Readonly<{ agreementIndex: number }>;

/**
 * Agreements of one pair that are in force together and give the same matter to different partners. The one
 * that began later wins, and with as early a beginning the smaller id; both were signed, so somebody should know.
 * Paths are as `agreements[1].entries[0]`. Equal conditions inside one agreement are `validateAgreement`'s.
 */
export function lintAgreements(agreements: readonly Agreement[]): readonly Finding[] {
  const entries = agreements.flatMap((agreement, agreementIndex) =>
    rankedEntries(agreement).map((entry) => ({ ...entry, agreementIndex })),
  );
  return [...Map.groupBy(entries, matterOf).values()].flatMap((same) =>
    same.flatMap((later, position) =>
      same
        .slice(0, position)
        .filter((earlier) => contradict(earlier, later))
        .map((earlier) => contradiction(earlier, later)),
    ),
  );
}

/** Equal for entries that would answer for the same tickets. */
function matterOf(entry: PlacedEntry): string {
  const { providerId, resellerId } = entry.agreement;
  return JSON.stringify([providerId, resellerId, ...ENTRY_CONDITIONS.map((name) => entry[name])]);
}

function contradict(a: PlacedEntry, b: PlacedEntry): boolean {
  const areInForceTogether = a.fromMs < b.toMs && b.fromMs < a.toMs;
  return a.agreementIndex !== b.agreementIndex && givesTo(a) !== givesTo(b) && areInForceTogether;
}

function givesTo({ entry: { assignedTo, accountable } }: PlacedEntry): string {
  return assignedTo === 'shared' ? `shared, ${accountable ?? 'nobody'} accountable` : assignedTo;
}

function contradiction(a: PlacedEntry, b: PlacedEntry): Finding {
  const winner = bySpecificity(a, b) <= 0 ? a : b;
  return warning({
    code: 'agreements-contradict',
    path: `agreements[${b.agreementIndex}].entries[${b.entryNumber - 1}]`,
    message: `${nameOf(a)} gives this to ${givesTo(a)}, ${nameOf(b)} to ${givesTo(b)}, for the same tickets at the same time; ${nameOf(winner)} wins.`,
    remedy: "End the older agreement ('to') where the newer begins, or make the conditions of one entry narrower.",
  });
}

function nameOf({ agreement, agreementIndex, entryNumber }: PlacedEntry): string {
  return `entry ${entryNumber} of agreement ${agreement.id ?? agreementIndex + 1} (since ${agreement.from})`;
}
