import type { Party } from '../decision.js';
import { ROLES } from '../vocabulary.js';
import type { Role } from '../vocabulary.js';
import { CATALOGUES, LANGUAGES } from './catalogues.js';
import type { Language } from './catalogues.js';

/** A role within a sentence, and at its start. */
type RoleName = Readonly<{ within: string; atStart: string }>;

/** Looked up per decision, so made beforehand. The capital follows the language: Turkish `i` becomes `İ`. */
const ROLE_NAMES = Object.fromEntries(
  LANGUAGES.map((language) => [language, Object.fromEntries(ROLES.map((role) => [role, roleName(role, language)]))]),
) as Readonly<Record<Language, Readonly<Record<Role, RoleName>>>>;

function roleName(role: Role, language: Language): RoleName {
  const within = CATALOGUES[language][`party.${role}`];
  return { within, atStart: within.charAt(0).toLocaleUpperCase(language) + within.slice(1) };
}

/** A party without words: `microsoft`, `indirect-provider/4100`, or the role alone where it is not known who. */
export function partyParam(party: Party): string {
  return party.role === 'microsoft' || party.partyId === null ? party.role : `${party.role}/${party.partyId}`;
}

/** The party that `partyParam` wrote. A role that is not known stays as it is written. */
export function partyParamText(param: string, place: keyof RoleName, language: Language): string {
  const slash = param.indexOf('/');
  const role = ROLES.find((known) => known === (slash === -1 ? param : param.slice(0, slash)));
  return role === undefined ? param : named(role, slash === -1 ? null : param.slice(slash + 1), place, language);
}

/** A party as it stands in a sentence. */
export function partyName(party: Party, language: Language = 'en'): string {
  return partyText(party, 'within', language);
}

export function partyText(party: Party, place: keyof RoleName, language: Language): string {
  return named(party.role, party.role === 'microsoft' ? null : party.partyId, place, language);
}

function named(role: Role, partyId: string | null, place: keyof RoleName, language: Language): string {
  const { within, atStart } = ROLE_NAMES[language][role];
  const name = place === 'atStart' ? atStart : within;
  if (role === 'microsoft') return name;
  return partyId === null ? `${name} ${CATALOGUES[language]['party.not-known']}` : `${name} ${partyId}`;
}
