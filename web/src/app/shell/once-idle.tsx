import { lazy, Suspense, useEffect, useState } from 'react';
import { router } from '../router.tsx';

const Later = lazy(async () => ({ default: (await import('./later.tsx')).Later }));
/** A machine that never rests gets it after this time. */
const AT_LATEST_MS = 3_000;
/** Safari has no idle callback. */
const REST_MS = 500;

/** Fetches what can wait when the first page stands and the machine rests. */
export function OnceIdle() {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const start = () => {
      // tests count what was fetched before
      performance.mark('kontor:usable');
      setReady(true);
    };
    const stop = router.subscribe('onRendered', () => {
      stop();
      if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: AT_LATEST_MS });
      else setTimeout(start, REST_MS);
    });
    return stop;
  }, []);
  return ready ? (
    <Suspense>
      <Later />
    </Suspense>
  ) : null;
}
