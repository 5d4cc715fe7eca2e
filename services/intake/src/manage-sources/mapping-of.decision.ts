import { SEVERITIES, type Severity } from '@handoff/contracts';
import { type FieldProblem, Problem } from '@handoff/platform';
import type { Mapping, MappingRule } from '../mapping/mapping.js';
import type { MappingBody, MappingRuleBody } from './source.body.js';

const SEVERITIES_MAX = 100;
const PRIORITY_CHARS_MAX = 256;

/**
 * The mapping that a checked body asks for, without the classes of the HTTP edge.
 * @throws Problem 422 `invalid-content` for what holds between fields.
 */
export function mappingOf(body: MappingBody): Mapping {
  const problems = [...(body.rules ?? []).flatMap(ruleProblems), ...severityProblems(body.severities ?? {})];
  if (problems.length > 0) throw new Problem(422, 'invalid-content', `The mapping is not valid: ${problems.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ')}.`, { fields: problems });
  return {
    defaults: { ...body.defaults },
    fields: { ...body.fields },
    rules: (body.rules ?? []).map((rule) => ({ ...rule, set: { ...rule.set } }) as MappingRule),
    severities: Object.fromEntries(Object.entries(body.severities ?? {}).map(([priority, severity]) => [priority.trim().toLowerCase(), severity])),
    ticketUrl: body.ticketUrl ?? null,
  };
}

function ruleProblems(rule: MappingRuleBody, index: number): FieldProblem[] {
  const conditions = [rule.equals, rule.contains, rule.oneOf].filter((condition) => condition !== undefined).length;
  return [
    ...(conditions === 1 ? [] : [{ field: `/mapping/rules/${index}`, detail: 'must have exactly one of equals, contains and oneOf' }]),
    ...(Object.keys(rule.set).length > 0 ? [] : [{ field: `/mapping/rules/${index}/set`, detail: 'must set at least one fact' }]),
  ];
}

function severityProblems(severities: Readonly<Record<string, Severity>>): FieldProblem[] {
  const entries = Object.entries(severities);
  if (entries.length > SEVERITIES_MAX) return [{ field: '/mapping/severities', detail: `must have at most ${SEVERITIES_MAX} entries` }];
  return entries
    .filter(([priority, severity]) => !SEVERITIES.includes(severity) || priority.trim() === '' || priority.length > PRIORITY_CHARS_MAX)
    .map(([priority]) => ({ field: `/mapping/severities/${priority.slice(0, PRIORITY_CHARS_MAX)}`, detail: `must be one of ${SEVERITIES.join(', ')}` }));
}
