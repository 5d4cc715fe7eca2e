import type { SetupContext, SetupStep } from '../adapter.js';
import { SECRET_HEADER } from '../shared-secret.js';

/** Outbound messages can carry the secret nowhere else than in their address. */
export const KEY_PARAMETER = 'code';
const FIELDS = 'Id, CaseNumber, Subject, Description, Status, IsClosed, Priority, Origin, Type, Reason, ContactEmail, SuppliedName, SuppliedEmail, CreatedDate, LastModifiedDate, LastModifiedById';

export function setupSalesforce({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: 'Choose one of two ways. Outbound messages are kept by Salesforce for a day while we cannot be reached; our Apex class posts once, and is the better one where flows are all that you have. For outbound messages, go on with the next two steps; for Apex, with the two after them.' },
    { text: "Outbound message: in Setup, open Outbound Messages, and create one for Case with these fields. Leave 'Send Session ID' off. Its endpoint URL has the secret in it:", snippet: { language: 'text', content: `${webhookUrl}?${KEY_PARAMETER}=${encodeURIComponent(secret)}\n\n${FIELDS}` } },
    { text: "Send it from a record-triggered flow on Case, whenever a case is created or updated, as the action 'Outbound Message'. Create another for CaseComment (Id, ParentId, CommentBody, IsPublished, CreatedById, CreatedDate) for comments." },
    { text: 'Apex: add our host under Remote Site Settings, and create this class.', snippet: { language: 'text', content: apexClass(webhookUrl, secret) } },
    { text: "Call it from a record-triggered flow on Case, after the record was saved, as the Apex action 'Tell Handoff' with the id of the record." },
    { text: "Give this source your organisation's id in 'settings.organizationId', so that webhooks of no other are believed." },
    { text: 'For cases that were not told, give this source access to the REST interface: the address of your organisation, and a connected app with client credentials whose user may read cases.' },
  ];
}

function apexClass(webhookUrl: string, secret: string): string {
  return `public with sharing class HandoffCases implements Queueable, Database.AllowsCallouts {
    private static final Integer CASES_A_CALL_MAX = 20;
    private final List<Id> caseIds;

    private HandoffCases(List<Id> caseIds) {
        this.caseIds = caseIds;
    }

    @InvocableMethod(label='Tell Handoff' description='Posts cases to Handoff when they are saved.')
    public static void tell(List<Id> caseIds) {
        System.enqueueJob(new HandoffCases(caseIds));
    }

    public void execute(QueueableContext context) {
        List<Object> told = new List<Object>();
        for (Case record : [SELECT ${FIELDS}, Contact.Name FROM Case WHERE Id IN :caseIds]) {
            told.add(new Map<String, Object>{
                'type' => 'Case',
                'organizationId' => UserInfo.getOrganizationId(),
                'url' => URL.getOrgDomainUrl().toExternalForm(),
                'Case' => record
            });
            if (told.size() == CASES_A_CALL_MAX) {
                post(told);
                told.clear();
            }
        }
        if (!told.isEmpty()) {
            post(told);
        }
    }

    private static void post(List<Object> told) {
        HttpRequest request = new HttpRequest();
        request.setEndpoint('${webhookUrl}');
        request.setMethod('POST');
        request.setHeader('Content-Type', 'application/json');
        request.setHeader('${SECRET_HEADER}', '${secret.replace(/['\\]/g, '\\$&')}');
        request.setTimeout(20000);
        request.setBody(JSON.serialize(told));
        HttpResponse response = new Http().send(request);
        if (response.getStatusCode() >= 300) {
            throw new CalloutException('Handoff answered with ' + response.getStatusCode());
        }
    }
}`;
}
