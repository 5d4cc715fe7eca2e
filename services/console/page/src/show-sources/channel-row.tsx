import type { ReactNode } from 'react';
import { call } from '../api/call.js';
import { Badge, Button, type Tone } from '../design/parts.js';
import { Ago } from '../design/times.js';
import { useSay } from '../words/words.js';
import { ChannelTest } from './channel-test.js';
import { type Channel, type ChannelStanding, channelStandingOf } from './standing.decision.js';
import { channelPath, useDoing } from './sources.js';
import styles from './sources.module.css';

const TONES: Readonly<Record<ChannelStanding, Tone>> = { 'disabled-by-handoff': 'bad', disabled: 'warn', failing: 'bad', well: 'good' };

/** A channel with how it does, and its switch. */
export function ChannelRow({ channel }: { readonly channel: Channel }): ReactNode {
  const say = useSay();
  const { destination, kind, system, address, url, enabled, disabledReason, failingSince } = channel;
  const change = useDoing((isEnabled: boolean) => call(channelPath(channel), { method: 'PATCH', body: { enabled: isEnabled } }));
  const standing = channelStandingOf(channel);
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <span className={styles.opener}><span className={styles.name}>{destination}</span><span className={styles.soft}>{[system ?? kind, address ?? url].filter((part) => part !== undefined).join(' · ')}</span></span>
        <Badge tone={TONES[standing]} hasDot>{say(`channels.standing.${standing}`)}</Badge>
        <Button disabled={change.isPending} onClick={() => change.mutate(!enabled)} data-row>{say(enabled ? 'channels.disable' : 'channels.enable')}</Button>
      </div>
      <ChannelTest channel={channel} />
      {disabledReason !== null && <p className={styles.soft}>{disabledReason} {say('channels.enableWhy')}</p>}
      {failingSince !== undefined && <p className={styles.soft}>{say('channels.failingSince')} <Ago at={failingSince} />. {say('channels.failingWhy')}</p>}
    </li>
  );
}
