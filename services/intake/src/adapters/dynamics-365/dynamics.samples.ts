/** Execution contexts in the shape of Dataverse's webhooks, for tests. */
const CONTRACTS = 'http://schemas.microsoft.com/xrm/2011/Contracts';
export const CASE_ID = '6d81597f-0f9f-4711-8122-000d3aa2331c';

export function aChoice(value: number): object {
  return { __type: `OptionSetValue:${CONTRACTS}`, Value: value };
}

export function aReference(table: string, name: string | null): object {
  return { __type: `EntityReference:${CONTRACTS}`, Id: '75c2dd85-e89e-4711-8122-000d3aa2331c', KeyAttributes: [], LogicalName: table, Name: name, RowVersion: null };
}

export function pairs(values: object): object[] {
  return Object.entries(values).map(([key, value]: [string, unknown]) => ({ key, value }));
}

export function anEntity(columns: object, labels: object = {}): object {
  return { __type: `Entity:${CONTRACTS}`, Attributes: pairs(columns), EntityState: null, FormattedValues: pairs(labels), Id: CASE_ID, KeyAttributes: [], LogicalName: 'incident', RelatedEntities: [], RowVersion: null };
}

export const COLUMNS = {
  title: 'Sign-in fails', description: 'Error 500 after the password.', ticketnumber: 'CAS-01213-P8B3G0', prioritycode: aChoice(1), statuscode: aChoice(1), statecode: aChoice(0),
  customerid: aReference('account', 'Wingtip Toys'), primarycontactid: aReference('contact', 'Ada Brown'), subjectid: aReference('subject', 'Login'), casetypecode: aChoice(2), modifiedon: '/Date(1793606399000)/',
};
export const WORDS = { prioritycode: 'High', statuscode: 'In Progress', casetypecode: 'Problem', statecode: 'Active' };

export function aDynamicsContext(parts: object = {}, target: object | null = anEntity(COLUMNS, WORDS)): object {
  return {
    BusinessUnitId: 'e2b9dd85-e89e-4711-8122-000d3aa2331c', CorrelationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5', Depth: 1, InitiatingUserId: '75c2dd85-e89e-4711-8122-000d3aa2331c',
    InputParameters: target === null ? [] : [{ key: 'Target', value: target }], MessageName: 'Create', Mode: 1, OperationCreatedOn: '/Date(1793606398000-0700)/', OperationId: '4af10637-4ea2-4711-8122-000d3aa2331c',
    OrganizationId: '4ef5b371-e89e-4711-8122-000d3aa2331c', OrganizationName: 'adatum', PostEntityImages: [], PreEntityImages: [], PrimaryEntityId: CASE_ID, PrimaryEntityName: 'incident', SecondaryEntityName: 'none', SharedVariables: [], Stage: 40, ...parts,
  };
}
