import { useEffect, useRef } from 'react';
import type { Change } from '../app/live/event-stream.ts';
import { onChange, useIsLive } from '../app/live/live.ts';

/**
 * For pages that do more at a change than ask again (queries with `live` do that by themselves): tells of every change
 * of a topic. @returns whether changes arrive by themselves at the moment
 */
export function useLive(topic: string, hear: (change: Change) => void): boolean {
  const latest = useRef(hear);
  useEffect(() => {
    latest.current = hear;
  });
  useEffect(() => onChange((change) => void (change.topic === topic && latest.current(change))), [topic]);
  return useIsLive();
}
