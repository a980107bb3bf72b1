import type { ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { plain } from './announcement-columns.ts';
import type { Announcement } from './announcements.ts';
import { reasonsOf } from './default-reasons.ts';
import type { Item, Return } from './model.ts';
import { newReturn } from './new-return.ts';
import { ownReason } from './reason-mapping.ts';
import { newItem } from './receipt.ts';

/** The channel of what merchants announce by file. */
export const FILE_CHANNEL = 'csv';

export interface AnnouncedBy {
  merchantId: string;
  policy: Pick<ReturnPolicy, 'reasons' | 'reasonMappings'>;
  at: Date;
  /** The shipped order, when there is exactly one with the number. */
  orderId: string | undefined;
  contentHash: string;
  newId: () => string;
}

/** The return that an announcement makes; its number is drawn when it is stored. */
export function announcedReturn(given: Announcement, by: AnnouncedBy): Return {
  const { merchantId, policy, at, orderId, contentHash, newId } = by;
  const items = given.items.map(({ reason, ...item }, index) => ({
    ...newItem(newId(), index + 1),
    ...item,
    ...(reason === null ? {} : reasonIn(policy, reason)),
  }));
  return newReturn(
    {
      ...{ id: newId(), merchantId, contentHash, items },
      kind: given.kind,
      channel: FILE_CHANNEL,
      externalNumber: given.rma,
      orderId: orderId ?? null,
      orderNumber: given.order,
      carrier: given.carrier,
      trackingNumber: given.tracking,
      note: given.note,
    },
    at,
  );
}

/**
 * A reason by its code, by its words in either language, or as another system calls it (C15). What nobody knows is
 * kept as it was written.
 */
function reasonIn(policy: AnnouncedBy['policy'], written: string): Pick<Item, 'reason' | 'externalReason'> {
  const known = reasonsOf(policy.reasons).find(({ code, de, en }) =>
    [code, de, en].map(plain).includes(plain(written)),
  );
  if (known) return { reason: known.code, externalReason: null };
  return { reason: ownReason(policy, FILE_CHANNEL, written), externalReason: written };
}
