import { useId, type ReactNode } from 'react';
import { Field, parts } from '../design/parts.js';
import { useSay } from '../words/words.js';

export const REASON_CHARS_MAX = 1_024;

/** Why, in a person's words, which must be said. */
export function ReasonField(): ReactNode {
  const say = useSay();
  const id = useId();
  return <Field label={say('act.reason')} htmlFor={id}><textarea id={id} name="reason" className={parts.input} required maxLength={REASON_CHARS_MAX} /></Field>;
}
