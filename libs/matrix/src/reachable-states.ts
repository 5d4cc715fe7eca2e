import { STAGES } from './matrix.js';
import type { Outcome, Row, Stage } from './matrix.js';
import { AREAS } from './vocabulary.js';
import type { Area } from './vocabulary.js';

/** What earlier stages may have said, as far as later rows ask for it. */
export type State = Pick<Outcome, 'responsible' | 'informationOnly'>;

/** A stage, and the states in which a ticket can reach it, by the ticket's area. */
export type ReachedStage = Readonly<{ stage: Stage; states: ReadonlyMap<Area, readonly State[]> }>;

/** Follows the rows, stage by stage. May count a state that no ticket has; misses none. */
export function reachedStages(rows: readonly Row[]): readonly ReachedStage[] {
  let states: ReachedStage['states'] = new Map(
    AREAS.map((area) => [area, [{ responsible: 'csp-partner', informationOnly: false }]]),
  );
  return STAGES.map((stage) => {
    const reached = { stage, states };
    const ofStage = rows.filter((row) => row.stage === stage);
    states = new Map([...states].map(([area, before]) => [area, after(before, area, ofStage)]));
    return reached;
  });
}

function after(states: readonly State[], area: Area, rows: readonly Row[]): readonly State[] {
  const possible = rows.filter(({ when }) => when.area?.includes(area) ?? true);
  const isAlwaysAnswered = possible.some(({ stage, when }) => stage === 'area' && Object.keys(when).length === 1);
  const next = states.flatMap((state) => [
    ...(isAlwaysAnswered ? [] : [state]),
    ...possible.filter((row) => isReached(row, state)).map(({ then }) => ({
      responsible: then.responsible ?? state.responsible,
      informationOnly: then.informationOnly ?? state.informationOnly,
    })),
  ]);
  return [...new Map(next.map((state) => [`${state.responsible} ${state.informationOnly}`, state])).values()];
}

/** Whether a state satisfies what a row asks of earlier stages. */
export function isReached({ when }: Row, { responsible, informationOnly }: State): boolean {
  const isWanted = when.informationOnly === undefined || when.informationOnly === informationOnly;
  return isWanted && (when.responsible?.includes(responsible) ?? true);
}
