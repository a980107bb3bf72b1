import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { id, instant } from '../schemas.ts';

/** For which merchants a user may log in from now on; for none once it is deactivated or works for the house. */
export const merchantAccessChangedV1 = defineEvent(
  'identity.merchant-access-changed.v1',
  z.object({
    userId: id,
    /** Of the user; a higher one replaces what was told before. */
    version: z.int().positive(),
    merchantIds: z.array(id),
    changedAt: instant,
  }),
);
