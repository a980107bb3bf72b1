import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { ApiError } from '../../app/api/errors.ts';
import { apiKey, queryClient } from '../../app/api/queries.ts';
import type { Delivery } from '../../shared/deliveries/words.tsx';
import { useRefusal } from '../feedback/needs-network.tsx';
import { confirmed, countOf, emptyCount, isWhole, onto, stamp, toSend, type Count, type Drafts } from './counts.ts';

/** A burst of scans is one request. */
const GATHER_MS = 400;
const AGAIN_MS = 4_000;

export interface Counts {
  /** Counts of this device that the server has not confirmed, by article. */
  drafts: Drafts;
  set: (count: Count) => void;
  /** One piece more of an article, on whatever is counted by then: scans come faster than the screen is drawn. */
  add: (sku: string, name: string) => void;
  state: 'saved' | 'saving' | 'waiting';
}

/**
 * Counts as they are made: shown at once, kept on the device until the server has them, sent a moment later. What
 * somebody else counted of the same article in the meantime wins and is told; other articles go on undisturbed.
 */
export function useCounts(delivery: Delivery): Counts {
  const { t } = useTranslation('deliveries');
  const refuse = useRefusal();
  const [drafts, setDrafts] = useStoredDrafts(delivery.id);
  const [state, setState] = useState<Counts['state']>('saved');
  const [round, setRound] = useState(0);
  const isSending = useRef(false);
  const send = useCallback(async () => {
    const ready = readyOf(drafts);
    if (isSending.current || !Object.keys(ready).length) return;
    isSending.current = true;
    setState('saving');
    const outcome = await sendCounts(delivery, ready);
    if (outcome.left) setDrafts(outcome.left);
    if (outcome.lost.length) refuse(undefined, t('count.changedByOther', { skus: outcome.lost.join(', ') }));
    else if (outcome.error) refuse(outcome.error);
    setState(outcome.left ? 'saved' : 'waiting');
    isSending.current = false;
    setRound((count) => count + 1);
  }, [delivery, drafts, refuse, setDrafts, t]);
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    const timer = setTimeout(() => void latest.current(), state === 'waiting' ? AGAIN_MS : GATHER_MS);
    return () => clearTimeout(timer);
  }, [drafts, round, state]);
  const change = (sku: string, next: (known: Count | undefined) => Count) =>
    setDrafts((now) => {
      const line = latestOf(delivery).lines.find((one) => one.sku === sku);
      const count = next(now[sku]?.count ?? (line && countOf(line)));
      return { ...now, [sku]: { count, base: now[sku]?.base ?? stamp(line) } };
    });
  const add = (sku: string, name: string) =>
    change(sku, (known = emptyCount(sku, name)) => ({ ...known, receivedQuantity: known.receivedQuantity + 1 }));
  return { drafts, set: (count) => change(count.sku, () => count), add, state };
}

/** Shows what a step answered at once, before the delivery is asked for again. */
export const keep = (delivery: Delivery): void =>
  void queryClient.setQueryData(apiKey('GET /goods-in/{id}', { id: delivery.id }), delivery);

/** As it was answered last, which may be news to what is on the screen. */
const latestOf = (delivery: Delivery): Delivery =>
  queryClient.getQueryData<Delivery>(apiKey('GET /goods-in/{id}', { id: delivery.id })) ?? delivery;

const readyOf = (drafts: Drafts): Drafts =>
  Object.fromEntries(Object.entries(drafts).filter(([, { count }]) => isWhole(count)));

interface Outcome {
  /** What becomes of the drafts; nothing while the server does not answer. */
  left?: (now: Drafts) => Drafts;
  lost: string[];
  error?: unknown;
}

/** Sends counts on the version they were made on; on a newer one they are laid onto it and go with the next round. */
async function sendCounts({ id, version }: Delivery, ready: Drafts): Promise<Outcome> {
  try {
    keep(await callApi('PUT /goods-in/{id}/lines', { id, lines: toSend(Object.values(ready)) }, { ifMatch: version }));
    return { left: (now) => confirmed(now, ready), lost: [] };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) return { lost: [] };
    const fresh = await callApi('GET /goods-in/{id}', { id }).catch(() => undefined);
    if (!fresh) return { lost: [] };
    keep(fresh);
    if (error.status !== 412 || fresh.state !== 'received') return { left: () => ({}), lost: [], error };
    return { left: (now) => onto(now, fresh).kept, lost: onto(ready, fresh).lost };
  }
}

/** Survives a reload; what the server has is forgotten here. */
function useStoredDrafts(id: string) {
  const key = `kontor.delivery.${id}`;
  const [drafts, setDrafts] = useState<Drafts>(() => JSON.parse(localStorage.getItem(key) ?? '{}') as Drafts);
  useEffect(() => {
    if (Object.keys(drafts).length) localStorage.setItem(key, JSON.stringify(drafts));
    else localStorage.removeItem(key);
  }, [key, drafts]);
  return [drafts, setDrafts] as const;
}
