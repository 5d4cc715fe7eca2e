/** Webhooks in the shapes of Salesforce, for tests. */
export const CASE_ID = '5005g00000ABCDEAA5';
export const ORGANIZATION_ID = '00D5g000000ABCDEA4';
const ENTERPRISE_URL = 'https://adatum.my.salesforce.com/services/Soap/c/62.0/00D5g000000ABCD';

export function aSalesforceCase(fields: object = {}): object {
  return {
    Id: CASE_ID, CaseNumber: '00001026', Subject: 'Sign-in fails', Description: 'Error 500 after the password.', Status: 'New', IsClosed: 'false', Priority: 'High', Type: 'Problem', Reason: null,
    ContactEmail: 'ada@wingtip.example', SuppliedName: 'Ada Brown', CreatedDate: '2026-11-02T07:59:58.000Z', LastModifiedDate: '2026-11-02T07:59:58.000Z', LastModifiedById: '0055g00000XyZabAAF', ...fields,
  };
}

/** What our Apex class posts. */
export function aSalesforceCallout(fields: object = {}, parts: object = {}): object {
  return { type: 'Case', organizationId: ORGANIZATION_ID, url: 'https://adatum.my.salesforce.com', Case: { attributes: { type: 'Case', url: '/x' }, ...aSalesforceCase({ IsClosed: false, ...fields }) }, ...parts };
}

export function aNotification(record: object, { id = '04l5g000001AbCdAAK', type = 'Case' }: { id?: string; type?: string } = {}): string {
  const fields = Object.entries(record).map(([name, value]) => (value === null ? `<sf:${name} xsi:nil="true"/>` : `<sf:${name}>${escaped(String(value))}</sf:${name}>`));
  return `<Notification>\n<Id>${id}</Id>\n<sObject xsi:type="sf:${type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">\n${fields.join('\n')}\n</sObject>\n</Notification>`;
}

export function anOutboundMessage(...notifications: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body>
<notifications xmlns="http://soap.sforce.com/2005/09/outbound">
<OrganizationId>${ORGANIZATION_ID}</OrganizationId><ActionId>04k5g000000AbCdAAK</ActionId><SessionId>the-session-of-somebody</SessionId>
<EnterpriseUrl>${ENTERPRISE_URL}</EnterpriseUrl><PartnerUrl>${ENTERPRISE_URL}</PartnerUrl>
${notifications.join('\n')}
</notifications></soapenv:Body></soapenv:Envelope>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
