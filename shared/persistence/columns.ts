import { p } from '@mikro-orm/postgresql';

/** Columns that every mutable row of a merchant has. `version` rises with each change and is the ETag. */
export const baseColumns = {
  id: p.uuid().primary(),
  merchantId: p.uuid(),
  version: p.integer().version().default(1),
  createdAt: p.datetime(),
  updatedAt: p.datetime(),
};
