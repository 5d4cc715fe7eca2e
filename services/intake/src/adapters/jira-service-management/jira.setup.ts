import type { SetupContext, SetupStep } from '../adapter.js';

/** The body of an automation. Smart values with `asJsonString` write texts as JSON, with their quotes. */
export const TEMPLATE = `{
  "issue": {
    "key": {{issue.key.asJsonString}},
    "url": {{issue.url.asJsonString}},
    "fields": {
      "summary": {{issue.summary.asJsonString}},
      "description": {{issue.description.asJsonString}},
      "status": { "name": {{issue.status.name.asJsonString}}, "statusCategory": { "key": {{issue.status.statusCategory.key.asJsonString}} } },
      "priority": { "name": {{issue.priority.name.asJsonString}} },
      "labels": {{issue.labels.asJsonStringArray}},
      "reporter": { "displayName": {{issue.reporter.displayName.asJsonString}}, "emailAddress": {{issue.reporter.emailAddress.asJsonString}} },
      "created": "{{issue.created}}",
      "updated": "{{issue.updated}}"
    }
  },
  "user": { "accountId": {{initiator.accountId.asJsonString}} }
}`;

export function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: "As an administrator of Jira, open System, WebHooks, and create a webhook for the events 'Issue' created, updated and deleted, and 'Comment' created." },
    { text: 'URL:', snippet: { language: 'text', content: webhookUrl } },
    { text: 'Secret:', snippet: { language: 'text', content: secret } },
    { text: "Where you may not create webhooks, let an automation of the project do it: on 'Issue created' and on 'Field value changed', with the action 'Send web request', the method POST, this address, and this header:", snippet: { language: 'text', content: `X-Handoff-Secret: ${secret}` } },
    { text: "Web request body: 'Issue data (Jira format)'; or 'Custom data' with this:", snippet: { language: 'text', content: TEMPLATE } },
    { text: 'Give this source access to the API, so that what was lost is found: the address of your site, and on Cloud an e-mail address with an API token, on Data Center a personal access token.' },
  ];
}
