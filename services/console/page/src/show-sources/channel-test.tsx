import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call } from '../api/call.js';
import { Badge, Button, type Tone } from '../design/parts.js';
import { messageStateOf } from '../show-ticket/message-words.js';
import { useSay } from '../words/words.js';
import { channelPath, useDoing } from './sources.js';
import type { Channel } from './standing.decision.js';
import styles from './sources.module.css';

const ASK_INTERVAL_MS = 1_000;
const TONES: Readonly<Record<string, Tone>> = { delivered: 'good', failed: 'bad', suppressed: 'warn' };

interface Outcome {
  readonly state: string;
  readonly detail: string | null;
  readonly receipt: string | null;
  readonly attempts: readonly { readonly code: string | null; readonly detail: string | null }[];
}

/** Sends a test message, and says what came of its first attempt. */
export function ChannelTest({ channel }: { readonly channel: Channel }): ReactNode {
  const say = useSay();
  const [sentId, setSentId] = useState<string | null>(null);
  const send = useDoing(() => call<{ readonly notificationId: string }>(`${channelPath(channel)}/test`, { method: 'POST' }), ({ notificationId }) => setSentId(notificationId));
  const { data } = useQuery<Outcome>({
    queryKey: ['channel-test', sentId], enabled: sentId !== null, refetchInterval: ({ state }) => (state.data === undefined || isUntried(state.data) ? ASK_INTERVAL_MS : false),
    queryFn: ({ signal }) => call<Outcome>(`/api/notifier/v1/notifications/${sentId ?? ''}`, { signal }),
  });
  // Ticketing systems take tickets only, and nothing is sent by a disabled channel.
  if (channel.kind === 'ticketing') return null;
  const last = data?.attempts.at(-1);
  return (
    <div className={styles.inner}>
      <Button disabled={send.isPending || !channel.enabled} onClick={() => send.mutate()}>{say('channels.test')}</Button>
      {sentId !== null && (
        <p role="status">
          {data === undefined || isUntried(data) ? say('channels.testSent') : <><Badge tone={TONES[data.state] ?? 'plain'} hasDot>{messageStateOf(data.state, say)}</Badge> {last?.code != null && <code>{last.code}</code>} {data.receipt ?? last?.detail ?? data.detail}</>}
        </p>
      )}
    </div>
  );
}

function isUntried({ state, attempts }: Outcome): boolean {
  return state === 'pending' && attempts.length === 0;
}
