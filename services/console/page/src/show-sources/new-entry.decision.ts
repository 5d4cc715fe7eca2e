export const CHANNEL_KINDS = ['mail', 'webhook', 'teams', 'slack', 'ticketing'] as const;
export const TICKETING_SYSTEMS = ['zendesk', 'servicenow', 'jira-service-management', 'freshdesk', 'connectwise-psa', 'autotask', 'halopsa', 'dynamics-365', 'salesforce', 'zammad'] as const;

/** Fields that hold JSON. */
const JSON_FIELDS = ['credentials', 'settings'];

/** What a form says, without what was left empty. */
export function sourceBodyOf(form: Iterable<readonly [string, unknown]>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(filled(form));
}

/** @throws Error where credentials or settings are no JSON */
export function channelBodyOf(form: Iterable<readonly [string, unknown]>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(filled(form).map(([name, text]) => [name, JSON_FIELDS.includes(name) ? jsonOf(name, text) : text]));
}

function filled(form: Iterable<readonly [string, unknown]>): readonly (readonly [string, string])[] {
  return [...form].map(([name, value]) => [name, String(value).trim()] as const).filter(([, text]) => text !== '');
}

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
