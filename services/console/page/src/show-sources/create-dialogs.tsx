import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { call } from '../api/call.js';
import { Modal, ModalEnds, ModalHead } from '../design/modal.js';
import { Button, Field, parts } from '../design/parts.js';
import { useSay } from '../words/words.js';
import { ChannelTest } from './channel-test.js';
import { CHANNEL_KINDS, channelBodyOf, sourceBodyOf, TICKETING_SYSTEMS } from './new-entry.decision.js';
import { SourceSetup, SourceTest } from './source-parts.js';
import { useDoing } from './sources.js';
import type { Channel } from './standing.decision.js';

interface CreatedSource {
  readonly source: string;
  readonly secret: string | null;
}

type CreatedChannel = Channel & { readonly secret?: string; readonly publicKey?: string };

/** Makes a source, and then shows its secret this once, how its system is connected, and a way to try it. */
export function CreateSourceDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = useSay();
  const [name, adapter, party] = [useId(), useId(), useId()];
  const [created, setCreated] = useState<CreatedSource | null>(null);
  const { data } = useQuery({ queryKey: ['adapters'], queryFn: ({ signal }) => call<{ readonly items: readonly { readonly name: string; readonly title?: string }[] }>('/api/intake/v1/adapters', { signal }), staleTime: Infinity });
  const create = useDoing((form: FormData) => call<CreatedSource>('/api/intake/v1/sources', { method: 'POST', body: sourceBodyOf(form) }), setCreated);
  if (created !== null) {
    return (
      <Modal onClose={onClose}>
        <ModalHead title={say('sources.created', { source: created.source })} text={say(created.secret === null ? 'sources.noSecret' : 'sources.secretOnce')} />
        {created.secret !== null && <pre className={parts.command} tabIndex={0}>{created.secret}</pre>}
        <SourceSetup source={created.source} />
        <SourceTest source={created.source} />
        <div className={parts.ends}><Dialog.Close render={<Button look="primary" />}>{say('dialog.close')}</Dialog.Close></div>
      </Modal>
    );
  }
  return (
    <Modal onClose={onClose}>
      <ModalHead title={say('sources.create')} text={say('sources.createWhy')} />
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); create.mutate(new FormData(event.currentTarget)); }}>
        <Field label={say('sources.name')} htmlFor={name}><input id={name} name="source" className={parts.input} required pattern="[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?" title={say('sources.nameShape')} autoComplete="off" spellCheck={false} /></Field>
        <Field label={say('sources.system')} htmlFor={adapter}>
          <select key={data === undefined ? 'loading' : 'read'} id={adapter} name="adapter" className={parts.input} required defaultValue="">
            <option value="" disabled>{say('act.choose')}</option>
            {(data?.items ?? []).map((item) => <option key={item.name} value={item.name}>{item.title ?? item.name}</option>)}
          </select>
        </Field>
        <Field label={say('sources.party')} htmlFor={party}><input id={party} name="sourceParty" className={parts.input} pattern="(partner|isv)/.+" title={say('sources.partyShape')} autoComplete="off" spellCheck={false} /></Field>
        <ModalEnds label={say('sources.create')} isDisabled={create.isPending} />
      </form>
    </Modal>
  );
}

/** Makes a channel, and then shows its secret this once, and a way to try it. */
export function CreateChannelDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = useSay();
  const [created, setCreated] = useState<CreatedChannel | null>(null);
  const create = useDoing((form: FormData) => call<CreatedChannel>('/api/notifier/v1/channels', { method: 'POST', body: channelBodyOf(form) }), setCreated);
  if (created !== null) {
    const shown = created.secret ?? created.publicKey ?? null;
    return (
      <Modal onClose={onClose}>
        <ModalHead title={say('channels.created', { destination: created.destination })} text={say(created.secret !== undefined ? 'channels.secretOnce' : created.publicKey !== undefined ? 'channels.publicKey' : 'channels.noSecret')} />
        {shown !== null && <pre className={parts.command} tabIndex={0}>{shown}</pre>}
        <ChannelTest channel={created} />
        <div className={parts.ends}><Dialog.Close render={<Button look="primary" />}>{say('dialog.close')}</Dialog.Close></div>
      </Modal>
    );
  }
  return (
    <Modal onClose={onClose}>
      <ModalHead title={say('channels.create')} text={say('channels.createWhy')} />
      <form className={parts.form} onSubmit={(event) => { event.preventDefault(); create.mutate(new FormData(event.currentTarget)); }}>
        <ChannelFields />
        <ModalEnds label={say('channels.create')} isDisabled={create.isPending} />
      </form>
    </Modal>
  );
}

function ChannelFields(): ReactNode {
  const say = useSay();
  const [kind, setKind] = useState<(typeof CHANNEL_KINDS)[number]>('mail');
  const [destination, kindId, place, system, credentials, settings] = [useId(), useId(), useId(), useId(), useId(), useId()];
  return (
    <>
      <Field label={say('channels.destination')} htmlFor={destination}><input id={destination} name="destination" className={parts.input} required pattern="(isv|partner|microsoft|source)/.+|operations" title={say('channels.destinationShape')} autoComplete="off" spellCheck={false} /></Field>
      <Field label={say('channels.kind')} htmlFor={kindId}>
        <select id={kindId} name="kind" className={parts.input} value={kind} onChange={({ target }) => setKind(CHANNEL_KINDS.find((one) => one === target.value) ?? 'mail')}>{CHANNEL_KINDS.map((one) => <option key={one} value={one}>{say(`channels.kind.${one}`)}</option>)}</select>
      </Field>
      <Field label={say(kind === 'mail' ? 'channels.address' : 'channels.url')} htmlFor={place}><input key={kind} id={place} name={kind === 'mail' ? 'address' : 'url'} type={kind === 'mail' ? 'email' : 'url'} className={parts.input} required autoComplete="off" spellCheck={false} /></Field>
      {kind === 'ticketing' && (
        <>
          <Field label={say('sources.system')} htmlFor={system}><select id={system} name="system" className={parts.input} required>{TICKETING_SYSTEMS.map((one) => <option key={one} value={one}>{one}</option>)}</select></Field>
          <Field label={say('channels.credentials')} htmlFor={credentials}><textarea id={credentials} name="credentials" className={parts.input} defaultValue="{}" spellCheck={false} /></Field>
          <Field label={say('channels.settings')} htmlFor={settings}><textarea id={settings} name="settings" className={parts.input} defaultValue="{}" spellCheck={false} /></Field>
        </>
      )}
    </>
  );
}
