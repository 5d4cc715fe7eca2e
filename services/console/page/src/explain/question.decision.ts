/** Who may ask, as the rules know them. */
export const ASKERS = ['customer', 'direct-bill-partner', 'indirect-provider', 'indirect-reseller', 'isv-publisher', 'microsoft'] as const;

/** The body of a question to the rules, with ids of the directory. */
export interface Question {
  readonly ticket: { readonly area: string; readonly asker: string; readonly severity?: string };
  readonly offer?: string;
  readonly customerId?: string;
}

/** What of a form is a question: fields that are empty are not asked about. */
export function questionOf(form: Pick<FormData, 'get'>): Question {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const [severity, offer, customerId] = [text('severity'), text('offer'), text('customer')];
  return {
    ticket: { area: text('area'), asker: text('asker'), ...(severity === '' ? {} : { severity }) },
    ...(offer === '' ? {} : { offer }), ...(customerId === '' ? {} : { customerId }),
  };
}
