import { OFFER_KINDS, type OfferKind } from '@handoff/matrix';
import type { Contact, Listing, Offer } from '../../directory/directory.js';
import type { ImportOptions } from '../import.js';
import { Fields, isContainer, notARecord, present } from './fields.js';
import type { ImportFormat, Mapped } from './format.js';
import { listedRecords } from './listed-records.js';

const PREFERRED_LANGUAGE = 'en-us';
const LINKS_MAX = 50;
const PHONE_CHARS_MAX = 64;

/** Words that listings use for the kinds of offers, in small letters without separators; docs/imports.md has them too. */
const KINDS: ReadonlyMap<string, OfferKind> = new Map(Object.entries<OfferKind>({
  azurecontainer: 'container', container: 'container',
  azurevm: 'virtual-machine', azurevirtualmachine: 'virtual-machine', virtualmachine: 'virtual-machine',
  azureapplication: 'azure-application', azuremanagedapplication: 'azure-application', azuresolutiontemplate: 'azure-application',
  softwareasaservice: 'saas', saas: 'saas',
  managedservice: 'managed-service', azuremanagedservice: 'managed-service',
  dynamics365: 'dynamics-365', dynamics365businesscentral: 'dynamics-365', dynamics365customerengagement: 'dynamics-365', dynamics365operations: 'dynamics-365',
}));

/** Listings of the marketplace's Product Ingestion interface: one, a list, or the `resources` of a configuration. */
export const OFFERS: ImportFormat = {
  name: 'offers',
  kinds: ['offer'],
  syntaxes: ['json', 'ndjson'],
  merges: true,
  read: (bytes, context) => listedRecords(bytes, { columns: { known: [], required: [] }, lists: ['resources'] }, context),
  map: mapListing,
};

function mapListing(value: unknown, options: ImportOptions): Mapped {
  if (!isContainer(value)) return { problems: [notARecord(value)] };
  if (!isListing(value)) return 'ignored';
  const fields = new Fields(value);
  const [, product, ...place] = (fields.text(['id']) ?? '').split('/');
  const id = fields.id('product')?.replace(/^product\//, '') ?? product ?? '';
  if (id === '') fields.refuse({ field: 'product', code: 'value-missing', detail: 'It is missing.', remedy: 'Name the product, as product/<id>.' });
  const name = fields.requiredText('Give the title of the offer.', 'title');
  const kind = kindOf(fields, options);
  if (options.publisher === undefined) fields.refuse({ field: '', code: 'publisher-missing', detail: 'A listing does not name its publisher.', remedy: "Name it for the whole file with the parameter 'publisher' (--publisher)." });
  const document = { id, publisherId: options.publisher ?? '', name, ownership: 'third-party', ...present({ kind }), listing: listingOf(fields) } as Offer;
  const language = (fields.text(['languageID', 'languageId']) ?? place.at(-1) ?? PREFERRED_LANGUAGE).toLowerCase();
  return fields.problems.length > 0 ? { problems: fields.problems } : { entry: { kind: 'offer', id, document, rank: language === PREFERRED_LANGUAGE ? 0 : 1 } };
}

/** A configuration holds products, plans and more beside listings; each says what it is by its schema, or by its id. */
function isListing(resource: Readonly<Record<string, unknown>>): boolean {
  const { $schema: schema, id } = resource;
  if (typeof schema === 'string') return /\/listing\//i.test(schema);
  return typeof id !== 'string' || !id.includes('/') || id.startsWith('listing/');
}

function kindOf(fields: Fields, { offerKind }: ImportOptions): OfferKind | undefined {
  const told = fields.text(['kind']);
  const word = told?.toLowerCase().replace(/[^a-z0-9]/g, '') ?? '';
  const kind = KINDS.get(word) ?? offerKind;
  if (kind !== undefined) return kind;
  const detail = told === undefined ? 'The listing does not say what kind of offer it is.' : `'${told.slice(0, 64)}' names no one kind of offer.`;
  return fields.refuse({ field: 'kind', code: 'kind-unknown', detail, remedy: `Name the kind for such listings with the parameter 'offerKind' (--offer-kind): ${OFFER_KINDS.join(', ')}.` });
}

function listingOf(fields: Fields): Listing {
  return present({
    supportContact: contactOf(fields, 'supportContact'),
    engineeringContact: contactOf(fields, 'engineeringContact'),
    cloudSolutionProviderContact: contactOf(fields, 'cloudSolutionProviderContact'),
    globalSupportWebsite: fields.url('globalSupportWebsite'),
    governmentSupportWebsite: fields.url('governmentSupportWebsite'),
    generalLinks: linksOf(fields),
    cloudSolutionProviderMarketingMaterials: fields.url('cloudSolutionProviderMarketingMaterials'),
  });
}

/** Name, address, number and link, any of which may be missing; the link is there in newer listings only. */
function contactOf(fields: Fields, field: string): Contact | undefined {
  const value = fields.valueAt(field);
  if (value === undefined) return undefined;
  if (!isContainer(value)) return fields.refuse({ field, code: 'not-a-contact', detail: 'It is no object.', remedy: 'Write {"name": …, "email": …, "phone": …}.' });
  const contact = present({ name: fields.text([`${field}.name`]), email: fields.email(`${field}.email`), phone: fields.text([`${field}.phone`], PHONE_CHARS_MAX), url: fields.url(`${field}.url`) });
  return Object.keys(contact).length === 0 ? undefined : contact;
}

function linksOf(fields: Fields): Listing['generalLinks'] {
  const value = fields.valueAt('generalLinks');
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length > LINKS_MAX) return fields.refuse({ field: 'generalLinks', code: 'not-links', detail: `It is no list of up to ${LINKS_MAX} links.`, remedy: 'Write [{"displayText": …, "link": …}].' });
  const links = value.filter(isContainer).map((item, index) => {
    const link = new Fields(item);
    const told = { displayText: link.text(['displayText']) ?? '', link: link.url('link') ?? '' };
    for (const problem of link.problems) fields.refuse({ ...problem, field: `generalLinks[${index}].${problem.field}` });
    return told;
  });
  return links.filter(({ link }) => link !== '');
}
