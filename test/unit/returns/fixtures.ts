import type { Handling, ReturnRule } from '../../../services/returns/domain/disposition-rules.ts';
import type { Item, Moment, Return } from '../../../services/returns/domain/model.ts';
import { newItem } from '../../../services/returns/domain/receipt.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';

export const moment: Moment = { at: new Date('2026-10-15T10:00:00Z'), on: '2026-10-15', by: 'worker-1' };

export const itemWith = (overrides: Partial<Item> = {}): Item => ({
  ...newItem('item-1', 1),
  sku: 'SKU-1',
  ...overrides,
});

/** A received return of a known merchant. */
export const returnWith = (overrides: Partial<Return> = {}): Return => ({
  id: 'return-1',
  merchantId: 'merchant-1',
  version: 1,
  number: 'RT-2026-000001',
  kind: 'withdrawal',
  state: 'received',
  matchState: 'unmatched',
  channel: 'manual',
  externalNumber: null,
  orderId: null,
  orderNumber: null,
  carrier: null,
  trackingNumber: null,
  note: '',
  revision: 0,
  chargeRevision: 0,
  chargedParcels: 0,
  chargedIntake: 0,
  chargedOn: null,
  chargedPhotos: false,
  announcedAt: null,
  receivedAt: moment.at,
  receivedOn: moment.on,
  inspectedAt: null,
  inspectedOn: null,
  completedAt: null,
  parentId: null,
  inspectionDueAt: null,
  decisionDueAt: null,
  outcome: null,
  outcomeAmountMinor: null,
  outcomeNote: null,
  outcomeBy: null,
  outcomeAt: null,
  contentHash: 'hash',
  createdAt: moment.at,
  updatedAt: moment.at,
  items: [],
  parcels: [],
  lock: null,
  ...overrides,
});

/** Ids in the order in which they are asked for. */
export const ids = (prefix: string): (() => string) => {
  let count = 0;
  return () => `${prefix}-${(count += 1)}`;
};

/** How a merchant with these rules wants its returns handled. @param groups  of articles, by SKU */
export const handlingWith = (
  rules: readonly ReturnRule[] = [],
  policy: Parameters<typeof returnPolicy.parse>[0] = {},
  groups: Record<string, string> = {},
): Handling => ({ rules, policy: returnPolicy.parse(policy), groups: new Map(Object.entries(groups)) });
