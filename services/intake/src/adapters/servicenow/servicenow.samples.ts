/** Payloads in the shape of ServiceNow's records, for tests. */
export const SYS_ID = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

/** What our business rule sends. */
export function aServiceNowBody(fields: object = {}): object {
  return {
    change: 'created', number: 'T-1', sys_class_name: 'incident', short_description: 'Sign-in fails', description: 'Error 500 after the password.',
    state: { value: '1', display_value: 'New' }, active: true, priority: { value: '2', display_value: '2 - High' }, category: 'software', subcategory: 'email',
    caller_name: 'Ada Brown', caller_email: 'ada@wingtip.example', correlation_id: null, comments: null, work_notes: null, url: 'https://adatum.service-now.example/incident.do?sys_id=1',
    sys_updated_on: '2026-11-02 07:59:58', sys_updated_by: 'abrown', sys_mod_count: '0', ...fields,
  };
}

/** A record of the Table API as it comes without `sysparm_display_value`: all text, references as links. */
export function aServiceNowRecord(fields: object = {}): object {
  const reference = (table: string): object => ({ link: `https://adatum.service-now.example/api/now/table/${table}/${SYS_ID}`, value: SYS_ID });
  return {
    number: 'INC0000040', sys_id: SYS_ID, sys_class_name: 'incident', short_description: 'Trouble with the mail server', description: 'Is it down?', state: '1', incident_state: '1', active: 'true', priority: '4', impact: '2', urgency: '3',
    category: 'network', subcategory: '', caller_id: reference('sys_user'), company: reference('core_company'), assigned_to: '', correlation_id: '', comments: '', work_notes: '',
    opened_at: '2026-11-01 10:00:00', sys_created_on: '2026-11-01 10:00:01', sys_updated_on: '2026-11-02 07:59:58', sys_updated_by: 'admin', sys_mod_count: '8', ...fields,
  };
}

/** The same with `sysparm_display_value=all`. */
export function aFullServiceNowRecord(fields: Readonly<Record<string, string>> = {}): Record<string, { readonly value: string; readonly display_value: string }> {
  const both = (value: string, shown = value): { value: string; display_value: string } => ({ value, display_value: shown });
  return {
    number: both('INC0000040'), sys_id: both(SYS_ID), short_description: both('Trouble with the mail server'), description: both('Is it down?'), state: both('2', 'In Progress'), active: both('true'), priority: both('1', '1 - Critical'),
    category: both('network', 'Network'), caller_id: both(SYS_ID, 'Ada Brown'), comments: both('', '2026-11-01 12:00:00 - Ben Field (Additional comments)\nAny news?\n\n'), sys_updated_on: both('2026-11-02 07:59:58', '02.11.2026 08:59:58'), sys_updated_by: both('admin'), sys_mod_count: both('8'),
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, both(value)])),
  };
}
