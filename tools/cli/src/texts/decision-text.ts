import { entries, type Entry, type Paint, wrapped } from '../format.js';
import { listAt, textAt, textsAt, valueAt } from '../json-reading.js';
import { contactWords, partiesWords, partyWords } from './people-words.js';

/** A decision for people: who, through whom, where, and why. */
export function decisionLines(decision: unknown, paint: Paint): string[] {
  return [...entries(decisionEntries(decision), paint), ...reasonLines(listAt(decision, 'reasons'), paint)];
}

function decisionEntries(decision: unknown): Entry[] {
  return [
    ['Responsible', partyWords(valueAt(decision, 'responsible')) ?? 'nobody can be named'],
    ['First contact', partyWords(valueAt(decision, 'firstContact'))],
    ['Accountable', partyWords(valueAt(decision, 'accountable'))],
    ['Hands over', partyWords(valueAt(decision, 'handsOver'))],
    ['Informed', ...listAt(decision, 'informed').map(partyWords)],
    ['Escalation', emptyAsNull(partiesWords(listAt(decision, 'escalation'), ', then '))],
    ['Queue', textAt(decision, 'queue')],
    ['Contacts', ...listAt(decision, 'contacts').map(contactWords)],
    ['Documents', ...listAt(decision, 'documents').map(documentWords)],
    ['Outage', textAt(decision, 'attachedTo')],
    ['Note', valueAt(decision, 'stays') === true ? 'It already lies with the responsible party, and is not sent round.' : null],
    ['Note', valueAt(decision, 'informationOnly') === true ? 'There is nobody to send it to; the asker is told where to ask.' : null],
    ['Not told', emptyAsNull(textsAt(decision, 'missing').join(', '))],
    ['Matrix', matrixWords(decision)],
  ];
}

function matrixWords(decision: unknown): string | null {
  const version = textAt(decision, 'matrixVersion');
  const row = textAt(decision, 'row');
  if (version === null) return null;
  return row === null ? version : `${version}, row ${row}`;
}

function documentWords(document: unknown): string {
  return [textAt(document, 'title'), textAt(document, 'url')].filter((part) => part !== null).join('  ');
}

const emptyAsNull = (text: string): string | null => (text === '' ? null : text);

const INDENT = '    ';

/** Each reason in words, with the rule's code and source below. */
function reasonLines(reasons: readonly unknown[], paint: Paint): string[] {
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap((reason) => [
    `  - ${wrapped(textAt(reason, 'text') ?? '', INDENT).join('\n')}`,
    ...wrapped([textAt(reason, 'code'), textAt(reason, 'source')].filter((part) => part !== null).join(', '), INDENT).map((line, index) => paint.dim(index === 0 ? INDENT + line : line)),
  ]);
  return ['', paint.bold('Why'), ...lines];
}

/** Every row of the matrix that was looked at, in order, and why it did or did not match. */
export function rowLines(explanation: unknown, paint: Paint): string[] {
  const rows = listAt(explanation, 'rows');
  if (rows.length === 0) return [];
  const lines = rows.flatMap((row) => {
    const isMatch = valueAt(row, 'matched') === true;
    const name = `${isMatch ? '+' : '-'} ${textAt(row, 'stage') ?? ''}/${textAt(row, 'id') ?? ''}`;
    return [`  ${isMatch ? paint.bold(name) : name}`, ...wrapped(textAt(row, 'because') ?? '', INDENT).map((line, index) => paint.dim(index === 0 ? INDENT + line : line))];
  });
  return ['', paint.bold('Rows'), ...lines];
}
