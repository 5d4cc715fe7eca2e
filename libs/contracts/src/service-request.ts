/** Numbers of service requests: 15 or 16 digits today, documented as alphanumeric, and as a GUID in places. */
const NUMBER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{2,62})[A-Za-z0-9]$/;

/** Whether a text can be the number of a service request at Microsoft. */
export function isServiceRequestNumber(text: string): boolean {
  return NUMBER.test(text);
}

export const SERVICE_REQUEST_STATUSES = ['open', 'attention-needed', 'closed'] as const;
/** As Partner Center has it. `attention-needed`: Microsoft waits for the partner. */
export type ServiceRequestStatus = (typeof SERVICE_REQUEST_STATUSES)[number];

/** The service request with which a ticket was handed over to Microsoft. */
export interface ServiceRequestRef {
  readonly number: string;
  /** `null`: nobody has read it yet. */
  readonly status: ServiceRequestStatus | null;
}
