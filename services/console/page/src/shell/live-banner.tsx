import type { ReactNode } from 'react';
import { Button, parts } from '../design/parts.js';
import { useNow } from '../design/times.js';
import { reopen, useLiveState } from '../live/live.js';
import { useSay } from '../words/words.js';

/** A connection that comes back by itself within this is not worth a sentence. */
const QUIET_MS_MAX = 30_000;

export function LiveBanner(): ReactNode {
  const say = useSay();
  const now = useNow();
  const { status, heardAtMs } = useLiveState();
  if (status !== 'interrupted' || heardAtMs === 0 || now - heardAtMs < QUIET_MS_MAX) return null;
  return (
    <div className={parts.banner} role="status">
      <span>{say('live.old', { seconds: Math.round((now - heardAtMs) / 1000) })}</span>
      <Button onClick={reopen}>{say('state.retry')}</Button>
    </div>
  );
}
