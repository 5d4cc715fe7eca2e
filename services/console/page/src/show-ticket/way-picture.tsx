import type { ReactNode } from 'react';
import { useSay, type Say } from '../words/words.js';
import type { PartyOnTheWay } from './parties.decision.js';
import styles from './ticket.module.css';

const BOX = { widthPx: 156, heightPx: 62, gapPx: 40, rowGapPx: 14 } as const;
const PAD_PX = 4;

/** The way of a ticket from its customer outwards. The sentence beside it says the same. */
export function WayPicture({ parties }: { readonly parties: readonly PartyOnTheWay[] }): ReactNode {
  const say = useSay();
  const columns = columnsOf(parties);
  const rows = Math.max(...columns.map((column) => column.length));
  const height = rows * BOX.heightPx + (rows - 1) * BOX.rowGapPx + 2 * PAD_PX;
  const width = columns.length * BOX.widthPx + (columns.length - 1) * BOX.gapPx + 2 * PAD_PX;
  const placed = columns.map((column, x) => column.map((party, y) => ({
    party, x: PAD_PX + x * (BOX.widthPx + BOX.gapPx), y: PAD_PX + (height - 2 * PAD_PX - (column.length * BOX.heightPx + (column.length - 1) * BOX.rowGapPx)) / 2 + y * (BOX.heightPx + BOX.rowGapPx),
  })));
  return (
    <figure className={styles.picture}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={sentenceOf(parties, say)}>
        {placed.slice(1).flatMap((column, index) => (placed[index] ?? []).flatMap((from) => column.map((to) => (
          <path key={`${from.party.role}-${to.party.role}-${to.party.partyId ?? ''}`} className={styles.way} d={wayBetween(from, to)} />
        ))))}
        {placed.flat().map(({ party, x, y }) => <PartyBox key={`${party.role}/${party.partyId ?? ''}`} party={party} x={x} y={y} />)}
      </svg>
      <figcaption>{sentenceOf(parties, say)}</figcaption>
    </figure>
  );
}

function PartyBox({ party: { role, partyId, parts }, x, y }: { readonly party: PartyOnTheWay; readonly x: number; readonly y: number }): ReactNode {
  const say = useSay();
  const part = parts[0];
  return (
    <g transform={`translate(${x} ${y})`} className={styles.party} data-part={parts.includes('has-it') ? 'has-it' : parts.includes('next') ? 'next' : undefined}>
      <rect width={BOX.widthPx} height={BOX.heightPx} rx={8} />
      {partyId !== null && <text x={12} y={19} className={styles.role}>{say(`role.${role}`)}</text>}
      <text x={12} y={36} className={styles.partyId}>{shortened(partyId ?? say(`role.${role}`))}</text>
      <text x={12} y={52} className={styles.part}>{part === undefined ? '' : parts.filter((each) => each !== 'escalation' || parts.length === 1).slice(0, parts.includes('has-it') ? 1 : 2).map((each) => say(`part.${each}`)).join(' · ')}</text>
    </g>
  );
}

const ID_CHARS_MAX = 18;

function shortened(id: string): string {
  return id.length > ID_CHARS_MAX ? `${id.slice(0, ID_CHARS_MAX - 1)}…` : id;
}

/** Publisher and Microsoft stand one above the other: neither is behind the other. */
function columnsOf(parties: readonly PartyOnTheWay[]): readonly (readonly PartyOnTheWay[])[] {
  const isOutside = ({ role }: PartyOnTheWay): boolean => role === 'isv-publisher' || role === 'microsoft';
  const outside = parties.filter(isOutside);
  return [...parties.filter((party) => !isOutside(party)).map((party) => [party]), ...(outside.length > 0 ? [outside] : [])];
}

function wayBetween(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): string {
  const [x1, y1, x2, y2] = [from.x + BOX.widthPx, from.y + BOX.heightPx / 2, to.x, to.y + BOX.heightPx / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function sentenceOf(parties: readonly PartyOnTheWay[], say: Say): string {
  const nameOf = ({ role, partyId }: PartyOnTheWay): string => (partyId === null ? say(`role.${role}`) : `${say(`role.${role}`)} ${partyId}`);
  const those = (part: 'has-it' | 'next'): string => parties.filter(({ parts }) => parts.includes(part)).map(nameOf).join(', ');
  return say('way.sentence', { way: parties.map(nameOf).join(' → '), hasIt: those('has-it') || say('way.nobody'), next: those('next') || say('way.nobody') });
}
