import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
import { Field, parts } from '../design/parts.js';
import { sentenceOf } from '../design/states.js';
import { tell } from '../shell/toasts.js';
import { useSay } from '../words/words.js';
import { type Outage, reportOutage } from './outages.js';

interface ReportDialogProps {
  /** `null`: a new one. */
  readonly outage: Outage | null;
  readonly isEnd: boolean;
  readonly onClose: () => void;
}

/** A new outage, news about one, or its end; all its partners are told. */
export function ReportDialog({ outage, isEnd, onClose }: ReportDialogProps): ReactNode {
  const say = useSay();
  const client = useQueryClient();
  const [offer, summary] = [useId(), useId()];
  const report = useMutation({
    mutationFn: (form: FormData) => {
      const now = new Date().toISOString();
      const text = (name: string): string => String(form.get(name) ?? '').trim();
      return reportOutage({
        noticeId: outage?.noticeId ?? `outage-${now.replace(/\D/g, '').slice(0, 14)}`, offerId: outage?.offerId ?? text('offer'), summary: text('summary'),
        startedAt: outage?.startedAt ?? now, endedAt: isEnd ? now : (outage?.endedAt ?? null),
      });
    },
    onSuccess: () => { tell({ title: say('outages.reported') }); void client.invalidateQueries({ queryKey: ['outages'] }); onClose(); },
  });
  const kind = outage === null ? 'report' : isEnd ? 'end' : 'news';
  return (
    <Modal onClose={onClose}>
      <ModalHead title={say(`outages.${kind}`)} text={say('outages.reportWhy', { partners: outage?.partners ?? 0 })} />
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); report.mutate(new FormData(event.currentTarget)); }}>
        {outage === null && <Field label={say('outages.offer')} htmlFor={offer}><input id={offer} name="offer" className={parts.input} required maxLength={256} spellCheck={false} /></Field>}
        <Field label={say('outages.summary')} htmlFor={summary} problem={report.error === null ? null : sentenceOf(report.error)}><textarea id={summary} name="summary" className={parts.input} required maxLength={4_096} defaultValue={outage?.summary} /></Field>
        <ModalEnds label={say('outages.send')} isDisabled={report.isPending} />
      </form>
    </Modal>
  );
}
