import { useId, type ReactNode } from 'react';
import type { ShownTicket } from '../api/server-types.js';
import { Field, parts } from '../design/parts.js';
import { useOutages } from '../show-outages/outages.js';
import { useSay } from '../words/words.js';
import { ReasonField } from './reason-field.js';

/** Which outage, and why; those of the tickets' own offers come first. */
export function AttachFields({ tickets }: { readonly tickets: readonly Pick<ShownTicket, 'offerId'>[] }): ReactNode {
  const say = useSay();
  const first = useId();
  const { data } = useOutages(true);
  const isOwn = (offerId: string): boolean => tickets.some((ticket) => ticket.offerId === offerId);
  const outages = [...(data?.items ?? [])].sort((a, b) => Number(isOwn(b.offerId)) - Number(isOwn(a.offerId)));
  return (
    <>
      <Field label={say('act.outage')} htmlFor={first} problem={data !== undefined && outages.length === 0 ? say('act.noOutage') : null}>
        <select key={data === undefined ? 'loading' : 'read'} id={first} name="noticeId" className={parts.input} required defaultValue="">
          <option value="" disabled>{say('act.choose')}</option>
          {outages.map(({ noticeId, offerId, summary }) => <option key={noticeId} value={noticeId}>{`${offerId}: ${summary} (${noticeId})`}</option>)}
        </select>
      </Field>
      <ReasonField />
    </>
  );
}
