/**
 * What Handoff says, in English: the language that every other catalogue follows, key by key.
 *
 * A placeholder names a parameter and how it is written: `{from}` as it is, `{partner:party}` as a party
 * within a sentence, `{partner:Party}` at its start, `{area:area}` by the key `area.…`, and a list
 * (`{fields:field}`) value by value. A code without a key stands as it is.
 */
export const EN = {
  'not-classified': 'Nobody has said what the ticket is about, and no line of the matrix answers for that.',
  'asker-is-responsible': '{asker:Party} asks about a matter of its own.',
  'handed-over-by': '{partner:Party} takes it to Microsoft, by a service request in Partner Center.',
  'escalated-through': 'Microsoft is asked only through {provider:party}.',
  'escalated-through.never-by': 'Microsoft is asked only through {provider:party}, never by {reseller:party} itself.',
  'no-usable-contact.customer':
    'The offer lists no contact that a customer’s ticket may be sent to, so it waits for a person.',
  'no-usable-contact.customer-told':
    'The offer lists no contact that a customer’s ticket may be sent to, so it waits for a person; {partner:party} is told.',
  'no-usable-contact.other': 'The offer lists no contact that this ticket may be sent to, so it waits for a person.',
  'no-usable-contact.other-told':
    'The offer lists no contact that this ticket may be sent to, so it waits for a person; {partner:party} is told.',
  'offer-unknown': 'It is for {party:party}: no offer names its publisher, so it waits for a person.',
  'partner-unknown': 'It is for {party:party}: no subscription names the partner, so it waits for a person.',
  'contacts-unknown': 'The question does not say which contacts the offer lists, so none can be named.',
  'offer-not-in-cloud':
    'The offer is listed for {clouds}, and the ticket is about {cloud}: one of the two may be wrong.',
  'agreement-entry.one':
    'The agreement between provider {providerId} and reseller {resellerId} in force since {from} gives the matter to {to:party} ({area:area}).',
  'agreement-entry.both':
    'The agreement between provider {providerId} and reseller {resellerId} in force since {from} gives the matter to both ({area:area}).',
  'shared-by-agreement': 'Provider and reseller share it, and {accountable:party} is accountable.',
  'shared-by-agreement.names-neither':
    'Provider and reseller share it, and {accountable:party} is accountable, since the agreement names neither.',
  'no-agreement-in-force':
    'No agreement in force between {provider:party} and {reseller:party} covers this: the reseller should ask its provider for the details.',
  'support-contact-designated': '{partner:Party} is designated as the support contact of the subscription.',
  'provider-by-default': '{provider:Party} is the programme’s default contact of the subscription.',
  'no-reseller-known': 'Neither the subscription nor the customer names a reseller, so {provider:party} acts alone.',
  'contact-chosen.customer': 'The customer is shown the support site, and nothing else, of {party:party}.',
  'contact-chosen.csp-partner': 'The CSP partner may use the {kind:contact} ({fields:field}), of {party:party}.',
  'contact-chosen.microsoft': 'Microsoft may use the {kind:contact} ({fields:field}), of {party:party}.',
  'no-support-site':
    'The offer lists no support site, and nothing else of {party:party} may be shown to a customer.',
  'government-site': 'The support site is the one for the US Government cloud.',
  'no-government-site':
    'The offer lists no support site for the US Government cloud, so its general one is used.',

  'considered.matched': 'every condition holds',
  'considered.mismatch': '{condition:condition} is {actual:value}; the row is for {wanted:alternative}',
  'considered.excluded': '{condition:condition} is {actual:value}; the row is for any but {refused:alternative}',
  'considered.too-early': '{condition:condition} is {actual:value}; the row is for times since {from}',
  'considered.too-late': '{condition:condition} is {actual:value}; the row is for times before {until}',
  'considered.outside-hours':
    '{condition:condition} is {actual:value}; the row is for {days:weekday} {start} to {end} in {timeZone}',

  'classified-by-source': 'The area {area:area} was named by the source {source} itself.',
  'classified-by-mapping': 'The area {area:area} follows from the mapping of the source {source}.',
  'classified-by-person': 'The area {area:area} was set by {by} at {at}.',
  'classified-by-person.unnamed': 'The area {area:area} was set by a person at {at}.',
  'reassigned-by-person': '{by} moved the ticket at {at}; by the rules it would be with others.',
  'reassigned-by-person.unnamed': 'A person moved the ticket at {at}; by the rules it would be with others.',
  'attached-by-person': '{by} attached the ticket to the outage {notice} at {at}; nobody is asked while it lasts.',
  'attached-by-person.unnamed': 'A person attached the ticket to the outage {notice} at {at}; nobody is asked while it lasts.',
  'detached-by-person': '{by} said at {at} that the ticket does not belong to the outage {notice}.',
  'detached-by-person.unnamed': 'A person said at {at} that the ticket does not belong to the outage {notice}.',
  'classified-by-keywords':
    'The area {area:area} was taken from the words of the ticket: {words} (language {language}, confidence {confidence}). The source named none.',

  'party.customer': 'the customer',
  'party.direct-bill-partner': 'the direct-bill partner',
  'party.indirect-provider': 'the indirect provider',
  'party.indirect-reseller': 'the indirect reseller',
  'party.isv-publisher': 'the ISV publisher',
  'party.microsoft': 'Microsoft',
  'party.not-known': '(not known)',

  'area.all': 'all areas',
  'alternative.or': ' or ',
  'value.null': 'not known',
  'contact.customer-support': 'customer support contact',
  'contact.csp-program': 'CSP programme contact',
  'contact.engineering': 'engineering contact',
} as const;

export type MessageKey = keyof typeof EN;

type Term = 'row' | 'field' | 'condition' | 'weekday' | 'value';

/**
 * A catalogue of another language: the same keys, `row.<id>` for the rows of the default matrix, and names for
 * the codes that English leaves as they are.
 */
export type Catalogue = Readonly<Record<MessageKey, string>> & Readonly<Record<`${Term}.${string}`, string>>;
