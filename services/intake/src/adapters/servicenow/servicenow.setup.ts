import type { SetupContext, SetupStep } from '../adapter.js';

export function setup(context: SetupContext): readonly SetupStep[] {
  return [
    { text: "In ServiceNow, create a business rule on the table 'incident' (System Definition, Business Rules). Choose Advanced, When 'after', and Insert, Update and Delete." },
    { text: "Put this into its script. It signs what it posts by Standard Webhooks, and waits for no answer. Whoever may read business rules can read the secret in it.", snippet: { language: 'javascript', content: businessRule(context) } },
    { text: "Where your rules do not allow the script to sign, let it send the secret in the header 'X-Handoff-Secret' instead of the three 'webhook-' headers." },
    { text: "A rule posts once and not again. Give this source access to the Table API, so that what was lost is found: the address of your instance, and a user with the roles 'itil' and 'snc_read_only', whose time zone is GMT. For another table than 'incident', say so in 'settings.table' too." },
    { text: 'The address that the script posts to:', snippet: { language: 'text', content: context.webhookUrl } },
  ];
}

/** ES5, as ServiceNow runs it. The body is ASCII, so that all agree which bytes were signed. */
function businessRule({ webhookUrl, secret }: SetupContext): string {
  return `(function executeRule(current, previous) {
  var url = ${JSON.stringify(webhookUrl)};
  var secret = ${JSON.stringify(secret)};
  var operation = String(current.operation());
  var ticket = {
    change: operation === 'insert' ? 'created' : operation === 'delete' ? 'deleted' : 'updated',
    number: current.getValue('number'),
    sys_id: current.getUniqueValue(),
    sys_class_name: current.getTableName(),
    short_description: current.getValue('short_description'),
    description: current.getValue('description'),
    state: { value: current.getValue('state'), display_value: current.getDisplayValue('state') },
    active: current.getValue('active') === '1',
    priority: { value: current.getValue('priority'), display_value: current.getDisplayValue('priority') },
    impact: current.getValue('impact'),
    urgency: current.getValue('urgency'),
    category: current.getValue('category'),
    subcategory: current.getValue('subcategory'),
    company: { value: current.getValue('company'), display_value: current.getDisplayValue('company') },
    caller_name: current.caller_id.getDisplayValue(),
    caller_email: String(current.caller_id.email),
    correlation_id: current.getValue('correlation_id'),
    comments: current.comments.changes() ? String(current.comments.getJournalEntry(1)) : null,
    work_notes: current.work_notes.changes() ? String(current.work_notes.getJournalEntry(1)) : null,
    url: gs.getProperty('glide.servlet.uri') + current.getLink(true),
    sys_created_on: current.getValue('sys_created_on'),
    sys_updated_on: current.getValue('sys_updated_on'),
    sys_updated_by: current.getValue('sys_updated_by'),
    sys_mod_count: current.getValue('sys_mod_count')
  };
  var body = JSON.stringify(ticket).replace(/[\\u007f-\\uffff]/g, function (character) {
    return '\\\\u' + ('000' + character.charCodeAt(0).toString(16)).slice(-4);
  });
  var id = gs.generateGUID();
  var seconds = String(Math.floor(new Date().getTime() / 1000));
  var mac = typeof GlideCertificateEncryption === 'undefined' ? new CertificateEncryption() : new GlideCertificateEncryption();
  var signature = mac.generateMac(secret.replace('whsec_', ''), 'HmacSHA256', id + '.' + seconds + '.' + body);
  var request = new sn_ws.RESTMessageV2();
  request.setEndpoint(url);
  request.setHttpMethod('post');
  request.setRequestHeader('Content-Type', 'application/json');
  request.setRequestHeader('webhook-id', id);
  request.setRequestHeader('webhook-timestamp', seconds);
  request.setRequestHeader('webhook-signature', 'v1,' + signature);
  request.setRequestBody(body);
  request.executeAsync();
})(current, previous);`;
}
