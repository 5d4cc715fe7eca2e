import { audienceFields } from './disclosure.js';
import { error, warning } from './findings.js';
import type { Finding } from './findings.js';
import type { Row } from './matrix.js';
import { AUDIENCES, CONTACT_KINDS } from './vocabulary.js';

/** An e-mail address, or a telephone number with its country code. */
const CONTACT_IN_TEXT = /[^\s@]@[^\s@]+\.[a-z]{2}|\+\d[\d ()/-]{6,}\d/i;

/** What of a row could show a contact to somebody who may not see it. */
export function lintDisclosure(row: Row, path: string): readonly Finding[] {
  return [...disclosedFields(row, `${path}.then.disclose`), ...engineering(row, path), ...contactsInText(row, path)];
}

function disclosedFields({ then }: Row, path: string): readonly Finding[] {
  return Object.entries(then.disclose ?? {}).flatMap(([audience, byKind]) =>
    Object.entries(byKind).flatMap(([kind, fields]) =>
      fields.flatMap((field, index) => widened({ audience, kind, field }, `${path}.${audience}.${kind}[${index}]`)),
    ),
  );
}

type Disclosed = Readonly<{ audience: string; kind: string; field: string }>;

function widened({ audience, kind, field }: Disclosed, path: string): readonly Finding[] {
  const knownAudience = AUDIENCES.find((known) => known === audience);
  const knownKind = CONTACT_KINDS.find((known) => known === kind);
  if (knownAudience === undefined || knownKind === undefined) {
    const message = `There is no contact '${kind}' or no audience '${audience}'.`;
    const remedy = `Audiences are ${AUDIENCES.join(', ')}; contacts are ${CONTACT_KINDS.join(', ')}.`;
    return [error({ code: 'value-unknown', path, message, remedy })];
  }
  const allowed = audienceFields(knownKind, knownAudience);
  if ((allowed as readonly string[]).includes(field)) return [];
  const shown = allowed.length === 0 ? 'nothing of it' : `only ${allowed.join(', ')}`;
  return [
    error({
      code: 'disclosure-widened',
      path,
      message: `'${field}' of the ${kind} contact must not be shown to the audience '${audience}', which may see ${shown}.`,
      remedy: 'Remove the field: a row can take fields away, and never add one.',
    }),
  ];
}

function engineering({ when, then }: Row, path: string): readonly Finding[] {
  if (then.escalationContact !== 'engineering' || when.asker?.includes('customer') !== true) return [];
  return [
    warning({
      code: 'engineering-for-customer',
      path: `${path}.then.escalationContact`,
      message: 'A customer never learns of an engineering contact, so no decision for this asker names it.',
      remedy: "Take 'customer' out of 'when.asker', or name another contact.",
    }),
  ];
}

/** A row's text is a reason, and everybody who gets the decision reads it. */
function contactsInText({ text, texts = {} }: Row, path: string): readonly Finding[] {
  const written = [['text', text], ...Object.entries(texts).map(([language, words]) => [`texts.${language}`, words])];
  return written
    .filter(([, words]) => CONTACT_IN_TEXT.test(String(words)))
    .map(([name]) =>
      warning({
        code: 'contact-in-text',
        path: `${path}.${name}`,
        message: 'The text holds an e-mail address or a telephone number, and everybody reads it, customers as well.',
        remedy: 'Leave it to the contacts of the decision, of which each audience sees only its own.',
      }),
    );
}
