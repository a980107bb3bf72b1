import { z } from 'zod';
import { pictureLinksView } from '../orders/articles.ts';
import { id } from '../schemas.ts';

/** An article that a scanned code names. */
export const articleHit = z.object({
  articleId: id,
  merchantId: id,
  sku: z.string(),
  name: z.string(),
  eans: z.array(z.string()),
  group: z.string().nullable(),
  serialTracked: z.boolean(),
  batchTracked: z.boolean(),
  bestBeforeTracked: z.boolean(),
  hygiene: z.boolean(),
  components: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
  condition: z.enum(['a', 'b']),
  active: z.boolean(),
  picture: pictureLinksView.nullable(),
});
