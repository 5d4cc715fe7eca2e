import { useMutation } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { AREAS } from '../act-on-tickets/areas.js';
import { call } from '../api/call.js';
import { Button, Field, parts } from '../design/parts.js';
import { Empty, Failed, Loading } from '../design/states.js';
import { PageHead, shell } from '../shell/page-head.js';
import { partiesOnTheWay } from '../show-ticket/parties.decision.js';
import type { Explanation } from '../show-ticket/ticket-queries.js';
import { WayPicture } from '../show-ticket/way-picture.js';
import { ConsideredRows } from '../show-ticket/why-here.js';
import { SEVERITIES } from '../show-tickets/ticket-filter.js';
import { useLanguage, useSay } from '../words/words.js';
import { ASKERS, type Question, questionOf } from './question.decision.js';
import styles from './explain.module.css';

/** Asks the rules who would get a ticket. Nothing is stored and nobody is told. */
export function ExplainPage(): ReactNode {
  const say = useSay();
  const language = useLanguage();
  const ask = useMutation({
    mutationFn: async (question: Question) => ({ question, answer: await call<Explanation>('/api/routing/v1/explain', { method: 'POST', query: { language }, body: question }) }),
  });
  return (
    <>
      <PageHead title={say('nav.explain')} text={say('explain.what')} />
      <div className={shell.scroll} tabIndex={-1}>
        <div className={`${shell.padded} ${styles.split}`}>
          <QuestionForm isBusy={ask.isPending} onAsk={(question) => ask.mutate(question)} />
          <div aria-live="polite">
            {ask.isPending ? <Loading rows={4} /> : ask.error !== null ? <Failed error={ask.error} /> : ask.data === undefined ? <Empty title={say('explain.none')} text={say('explain.noneWhy')} /> : <Answer {...ask.data} />}
          </div>
        </div>
      </div>
    </>
  );
}

function QuestionForm({ isBusy, onAsk }: { readonly isBusy: boolean; readonly onAsk: (question: Question) => void }): ReactNode {
  const say = useSay();
  const [area, severity, asker, offer, customer] = [useId(), useId(), useId(), useId(), useId()];
  return (
    <form className={`${parts.form} ${styles.form}`} onSubmit={(event) => { event.preventDefault(); onAsk(questionOf(new FormData(event.currentTarget))); }}>
      <Field label={say('explain.area')} htmlFor={area}><select id={area} name="area" className={parts.input} defaultValue="break-fix">{AREAS.map((each) => <option key={each} value={each}>{say(`area.${each}`)}</option>)}</select></Field>
      <Field label={say('explain.severity')} htmlFor={severity}><select id={severity} name="severity" className={parts.input} defaultValue=""><option value="">{say('explain.notSaid')}</option>{SEVERITIES.map((each) => <option key={each} value={each}>{each}</option>)}</select></Field>
      <Field label={say('explain.asker')} htmlFor={asker}><select id={asker} name="asker" className={parts.input} defaultValue="customer">{ASKERS.map((each) => <option key={each} value={each}>{say(`role.${each}`)}</option>)}</select></Field>
      <Field label={say('explain.offer')} htmlFor={offer}><input id={offer} name="offer" className={parts.input} maxLength={256} spellCheck={false} placeholder="contoso-crm" /></Field>
      <Field label={say('explain.customer')} htmlFor={customer}><input id={customer} name="customer" className={parts.input} maxLength={256} spellCheck={false} placeholder="woodgrove" /></Field>
      <Button type="submit" look="primary" disabled={isBusy}>{say('explain.ask')}</Button>
    </form>
  );
}

function Answer({ question, answer }: { readonly question: Question; readonly answer: Explanation }): ReactNode {
  const say = useSay();
  return (
    <>
      <h2 className={styles.verdict}>{say('explain.verdict', { queue: answer.queue, row: answer.row })}</h2>
      <WayPicture parties={partiesOnTheWay(answer, { hasIt: [], customerId: question.customerId ?? null, escalationsDone: 0 })} />
      <ol className={styles.reasons}>{answer.reasons.map(({ code, text, source }) => <li key={`${code}${text}`}><p>{text}</p><small><code>{code}</code> · {source}</small></li>)}</ol>
      <p className={styles.soft}>{say('explain.matrix', { version: answer.matrixVersion })}</p>
      <ConsideredRows rows={answer.rows} />
    </>
  );
}
