import { useEffect, useState, useSyncExternalStore } from 'react';
import { connection } from '../../api/connection.ts';
import { Button } from '../button/button.tsx';
import { Icon } from '../icon/icon.tsx';
import styles from './connection-banner.module.css';

const SECOND_MS = 1_000;

/** Tells that the server does not answer, when it is asked again, and lets a person ask now. */
export function ConnectionBanner() {
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  const secondsLeft = useSecondsUntil(state.kind === 'lost' ? state.nextTryAt : undefined);
  useEffect(() => {
    const onOnline = () => void connection.tryNow();
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, []);
  if (state.kind === 'connected') return null;
  return (
    <div className={styles.banner} role="alert">
      <Icon name="warning" />
      <strong>The server cannot be reached.</strong>
      {/* Not read out with each second. */}
      <span aria-live="off">
        {state.isTrying ? 'Asking again…' : `What you see may be old. Asking again in ${secondsLeft} s.`}
      </span>
      <Button look="quiet" onClick={() => void connection.tryNow()} disabled={state.isTrying}>
        Ask now
      </Button>
    </div>
  );
}

function useSecondsUntil(timeMs: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (timeMs === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [timeMs]);
  return timeMs === undefined ? 0 : Math.max(1, Math.ceil((timeMs - now) / SECOND_MS));
}
