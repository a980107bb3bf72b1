import { NotFound } from '../../shared/kernel/errors.ts';
import type { MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';

/** The merchants service, as far as billing asks it. */
export const askDirectory =
  (directory: ReadonlyMap<string, MerchantSnapshot>) =>
  async (_definition: unknown, { id }: { id: string }): Promise<MerchantSnapshot> => {
    const found = directory.get(id);
    if (!found) throw new NotFound('merchant');
    return found;
  };
