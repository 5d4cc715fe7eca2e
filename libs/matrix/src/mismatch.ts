import type { ConditionName, ConditionValue } from './conditions.js';
import type { Conditions } from './matrix.js';
import { LIST_SEPARATOR, say } from './messages/say.js';
import type { Said } from './messages/say.js';

/** Why a condition of a row did not hold: what the ticket has, and what the row is for. */
export function mismatch(when: Conditions, condition: ConditionName, value: ConditionValue): Said {
  const actual = String(value);
  const { from = '', until = '', hours } = when;
  if (condition === 'from') return say('considered.too-early', { condition, actual, from });
  if (condition === 'until') return say('considered.too-late', { condition, actual, until });
  if (condition === 'hours' && hours !== undefined) {
    const { days, timeZone } = hours;
    const window = { days: days.join(LIST_SEPARATOR), start: hours.from, end: hours.to, timeZone };
    return say('considered.outside-hours', { condition, actual, ...window });
  }
  const wanted: unknown = when[condition];
  return typeof wanted === 'object' && wanted !== null && 'not' in wanted
    ? say('considered.excluded', { condition, actual, refused: listed(wanted.not) })
    : say('considered.mismatch', { condition, actual, wanted: listed(wanted) });
}

function listed(values: unknown): string {
  return [values].flat().map(String).join(LIST_SEPARATOR);
}
