import { useSyncExternalStore } from 'react';

let answered = true;
const listeners = new Set<() => void>();

/** Told by whatever speaks to the server: whether there was an answer, of any kind. */
export function noteAnswer(isThere: boolean): void {
  if (answered === isThere) return;
  answered = isThere;
  for (const listener of listeners) listener();
}

/** Whether the server can be reached, as far as is known: the device has a network and the last request an answer. */
export const isOnline = (): boolean => answered && navigator.onLine;
export const useOnline = (): boolean => useSyncExternalStore(subscribe, isOnline);

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}
