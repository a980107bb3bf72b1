import { defineAction } from '../define.ts';
import { byId } from '../schemas.ts';
import { merchantSnapshot } from './events.ts';

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const merchantsActions = {
  getMerchantSnapshot: defineAction({
    name: 'merchants.getMerchantSnapshot',
    summary: 'What others may know of a merchant; for a service whose copy has not arrived yet',
    access: 'internal',
    params: byId,
    output: merchantSnapshot,
  }),
};
