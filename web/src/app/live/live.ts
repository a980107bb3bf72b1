import { useSyncExternalStore } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import { authorized } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import { currentSession, subscribe } from '../session/session.ts';
import { changesIn, type Change } from './event-stream.ts';

/** While there is no stream, queries that are `live` ask again this often (K24: a change shows within 5 s). */
export const POLL_MS = 5_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Heartbeats come more often; a stream that is silent for longer is dead. */
const SILENCE_MS = 60_000;
/** Many changes at once become one round of questions. */
const GATHER_MS = 250;

let connected = false;
let running: AbortController | undefined;
const listeners = new Set<() => void>();
const hearers = new Set<(change: Change) => void>();

/** Whether changes arrive by themselves at the moment. */
export const isLive = (): boolean => connected;
export const useIsLive = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isLive);

/** Calls back for every change the server tells. @returns what ends it */
export function onChange(hear: (change: Change) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** Listens for as long as somebody is logged in and lets the queries that are concerned ask again. */
export function startLive(client: QueryClient): void {
  const adapt = () => {
    // without network the tries to listen also find out when the server is back, and renew the log-in
    const wanted = currentSession().status !== 'out';
    if (wanted && !running) void listen(client, (running = new AbortController()));
    if (!wanted && running) {
      running.abort();
      running = undefined;
    }
  };
  subscribe(adapt);
  adapt();
}

async function listen(client: QueryClient, controller: AbortController): Promise<void> {
  const { signal } = controller;
  const invalidate = gathered(client);
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      for await (const message of streamed(signal)) {
        waitMs = FIRST_WAIT_MS;
        // what changed while nobody listened is not told again
        if (message === 'open') void client.invalidateQueries({ predicate: ({ meta }) => Boolean(meta?.live) });
        else {
          invalidate(message);
          for (const hear of hearers) hear(message);
        }
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) break;
    }
    setConnected(false);
    if (!signal.aborted) await pause(waitMs, signal);
  }
  setConnected(false);
  if (running === controller) running = undefined;
}

async function* streamed(signal: AbortSignal): AsyncGenerator<'open' | Change> {
  const silent = new AbortController();
  const timer = { id: 0 };
  const heard = () => {
    clearTimeout(timer.id);
    timer.id = window.setTimeout(() => silent.abort(), SILENCE_MS);
  };
  try {
    heard();
    const answer = await authorized((authorization) =>
      fetch('/api/v1/live', {
        headers: { authorization, accept: 'text/event-stream' },
        signal: AbortSignal.any([signal, silent.signal]),
      }),
    );
    if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error('No event stream');
    setConnected(true);
    yield 'open';
    yield* changesIn(answer.body!, heard);
  } finally {
    clearTimeout(timer.id);
  }
}

/** A change concerns the queries of its topic: lists, and the one resource. */
function gathered(client: QueryClient): (change: Change) => void {
  let waiting: Change[] = [];
  return (change) => {
    if (!waiting.length)
      setTimeout(() => {
        const changes = waiting;
        waiting = [];
        void client.invalidateQueries({
          predicate: ({ queryKey, meta }) => changes.some((one) => concerns(one, queryKey, meta)),
        });
      }, GATHER_MS);
    waiting.push(change);
  };
}

/** @param queryKey  `[route, input]`, as `useApi` makes it */
export function concerns(
  change: Change,
  queryKey: readonly unknown[],
  meta: { live?: true | readonly string[] } | undefined,
): boolean {
  const [route, input] = queryKey as [string, { id?: string } | undefined];
  if (Array.isArray(meta?.live) && meta.live.includes(change.topic)) return true;
  const [, topic, rest] = /^GET \/([a-z-]+)(.*)$/.exec(String(route)) ?? [];
  if (topic !== change.topic) return false;
  return !change.id || !rest?.startsWith('/{id}') || input?.id === change.id;
}

function setConnected(value: boolean): void {
  if (connected === value) return;
  connected = value;
  for (const listener of listeners) listener();
}

/** Ends early when the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
