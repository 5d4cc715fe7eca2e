import type { SoldBy } from '../../directory/directory.js';
import { type ImportOptions, SALES_MODELS } from '../import.js';
import type { Fields } from './fields.js';

/**
 * Through whom a record is sold: by its own columns, else by what the sender says of the file. `undefined` where neither
 * says anything.
 */
export function soldByOf(fields: Fields, { resellerId, resellerField }: { readonly resellerId: string | undefined; readonly resellerField: string }, options: ImportOptions): SoldBy | undefined {
  const seller = fields.partnerId('providerId') ?? options.partner;
  const model = fields.oneOf(SALES_MODELS, 'model') ?? options.model ?? 'indirect';
  if (model === 'direct-bill') {
    if (resellerId !== undefined) fields.refuse({ field: resellerField, code: 'reseller-of-direct', detail: `A direct-bill partner sells without a reseller, but '${resellerId}' is named.`, remedy: 'Leave it empty, or say that the model is indirect.' });
    return seller === undefined ? undefined : { model, partnerId: seller };
  }
  if (seller === undefined) {
    return resellerId === undefined ? undefined : fields.refuse({ field: 'providerId', code: 'provider-missing', detail: `The reseller '${resellerId}' sells through a provider that is not named.`, remedy: "Name the provider for the whole file with the parameter 'partner' (--partner), or in a column providerId." });
  }
  if (resellerId === seller) return fields.refuse({ field: resellerField, code: 'reseller-is-provider', detail: `'${resellerId}' is the provider.`, remedy: "Name the reseller's own location id, or leave it empty." });
  return { model, providerId: seller, ...(resellerId === undefined ? {} : { resellerId }) };
}
