import type { Input } from '../../app/api/contract.ts';
import type { Delivery } from '../../shared/deliveries/words.tsx';

/** What was counted of one article. */
export interface Count {
  sku: string;
  name: string;
  receivedQuantity: number;
  damagedQuantity: number;
  putAway: { bin: string; quantity: number }[];
}

/** A count on this device that the server has not confirmed, and what it was made from. */
export interface Draft {
  count: Count;
  base: string;
}
export type Drafts = Readonly<Record<string, Draft>>;

type Line = Delivery['lines'][number];

export const countOf = ({ sku, name, receivedQuantity, damagedQuantity, putAway }: Line): Count => ({
  ...{ sku, name, damagedQuantity, putAway },
  receivedQuantity: receivedQuantity ?? 0,
});

export const emptyCount = (sku: string, name: string): Count => ({
  ...{ sku, name },
  ...{ receivedQuantity: 0, damagedQuantity: 0, putAway: [] },
});

/** As the server has it, to be compared; a line that it does not have is `''`. */
export const stamp = (line: Line | undefined): string =>
  line ? JSON.stringify([line.receivedQuantity, line.damagedQuantity, line.putAway]) : '';

/** A count can be sent when it holds together; what is being typed waits. */
export function isWhole({ receivedQuantity, damagedQuantity, putAway }: Count): boolean {
  const placed = putAway.reduce((sum, { quantity }) => sum + quantity, 0);
  return damagedQuantity <= receivedQuantity && placed <= receivedQuantity - damagedQuantity;
}

/** Bins that are named and hold something; the rest is still being typed. */
export const toSend = (drafts: readonly Draft[]): Input<'PUT /goods-in/{id}/lines'>['lines'] =>
  drafts.map(({ count: { putAway, ...count } }) => ({
    ...count,
    putAway: putAway
      .map(({ bin, quantity }) => ({ bin: bin.trim(), quantity }))
      .filter(({ bin, quantity }) => bin && quantity > 0),
  }));

/**
 * The drafts that are still right on what the server has now: a line that somebody else counted meanwhile is theirs.
 * @returns those that stay, and the articles of the others
 */
export function onto(drafts: Drafts, delivery: Delivery): { kept: Drafts; lost: string[] } {
  const lines = new Map(delivery.lines.map((line) => [line.sku, line]));
  const entries = Object.entries(drafts);
  const stays = ([sku, { base }]: [string, Draft]) => stamp(lines.get(sku)) === base;
  return {
    kept: Object.fromEntries(entries.filter(stays)),
    lost: entries.filter((entry) => !stays(entry)).map(([sku]) => sku),
  };
}

/** What was changed while it was on its way stays, on the base of what the server has now. */
export function confirmed(now: Drafts, sent: Drafts): Drafts {
  const left = Object.entries(now).filter(([sku, draft]) => draft.count !== sent[sku]?.count);
  return Object.fromEntries(
    left.map(([sku, draft]) => {
      const known = sent[sku];
      return [sku, known ? { ...draft, base: sentStamp(known) } : draft];
    }),
  );
}

function sentStamp(draft: Draft): string {
  const { receivedQuantity, damagedQuantity, putAway } = toSend([draft])[0]!;
  return JSON.stringify([receivedQuantity, damagedQuantity, putAway]);
}
