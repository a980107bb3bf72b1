import type { OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { PictureLinks } from '../../../shared/links/article-pictures.ts';
import { articlesByCode, scanned } from './articles.ts';
import type { ReturnFacts } from '../domain/model.ts';
import { headOf, type JsonRow } from './rows.ts';

/** A return without its items. */
export interface ReturnHead extends ReturnFacts {
  pieces: number;
  photos: number;
}

export interface SummaryRow {
  head: JsonRow;
  pieces: string;
  photos: string;
}

const HITS = 20;

/** Returns that a code belongs to, the return's own number first; by article only those still to be inspected (A1). */
export async function lookUpReturns(em: EntityManager, code: string): Promise<ReturnHead[]> {
  const codes = variants(code);
  return headsOf(
    await rows(
      em,
      sql<SummaryRow>`
        with recursive ${scanned(codes)}, hit as (
          select id from returns.return where number = any(${codes}::text[])
          union select id from returns.return where external_number = any(${codes}::text[])
          union select id from returns.return where tracking_number = any(${codes}::text[])
          union select return_id from returns.return_parcel where tracking_number = any(${codes}::text[])
          union select id from returns.return where parent_id in (
            select id from returns.return where tracking_number = any(${codes}::text[]))
          union select id from returns.return where order_number = any(${codes}::text[])
          union select i.return_id from returns.return_item i join returns.return q on q.id = i.return_id
            where i.sku = any(${codes}::text[]) and q.state in ('announced', 'in_transit', 'received', 'inspecting')
          union select i.return_id from scanned a
            join returns.return_item i on i.sku = a.sku and i.merchant_id = a.merchant_id
            join returns.return q on q.id = i.return_id
            where q.state in ('announced', 'in_transit', 'received', 'inspecting'))
        select ${summaryColumns} from returns.return r where r.id in (select id from hit)
        order by r.number = any(${codes}::text[]) desc, r.created_at desc, r.id desc limit ${HITS}`,
    ),
  );
}

type OrderHit = OutputOf<typeof returnsActions.lookupReturns>['orders'][number];

/** Shipped orders that a code belongs to: number, tracking number, article or EAN; the latest first. */
export async function lookUpOrders(em: EntityManager, code: string): Promise<OrderHit[]> {
  const codes = variants(code);
  const found = await rows(
    em,
    sql<OrderHit>`
      with recursive ${scanned(codes)}, hit as (
        select order_id from returns.order_ref where number = any(${codes}::text[])
        union select order_id from returns.shipment_ref where tracking_number = any(${codes}::text[])
        union select order_id from returns.order_line_ref where sku = any(${codes}::text[])
        union select l.order_id from scanned a
          join returns.order_line_ref l on l.sku = a.sku and l.merchant_id = a.merchant_id)
      select o.order_id as "orderId", o.merchant_id as "merchantId", o.number as "orderNumber", o.channel,
        to_jsonb(o.shipped_at) #>> '{}' as "shippedAt",
        (select jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'quantity', quantity) order by sku)
         from (select sku, max(name) as name, sum(quantity) as quantity from returns.order_line_ref l
               where l.order_id = o.order_id group by sku) line) as lines
      from returns.order_ref o where o.order_id in (select order_id from hit)
      order by o.shipped_at desc, o.order_id desc limit ${HITS}`,
  );
  return found.map((order) => ({ ...order, shippedAt: new Date(order.shippedAt).toISOString() }));
}

type ArticleHit = OutputOf<typeof returnsActions.lookupReturns>['articles'][number];

/** Articles that a code belongs to, so that goods nobody expected are recorded by scanning them (A3). */
export async function lookUpArticles(em: EntityManager, code: string, links: PictureLinks): Promise<ArticleHit[]> {
  const found = await articlesByCode(em, variants(code), HITS);
  return found.map(({ picture, ...article }) => ({ ...article, picture: picture && links(article.articleId) }));
}

export const summaryColumns = sql`to_jsonb(r) as head,
  (select coalesce(sum(i.quantity), 0) from returns.return_item i where i.return_id = r.id) as pieces,
  r.photo_count as photos`;

export const headsOf = (found: SummaryRow[]): ReturnHead[] =>
  found.map(({ head, pieces, photos }) => ({ ...headOf(head), pieces: Number(pieces), photos: Number(photos) }));

/** Scanners send what is printed; people type in small letters. */
const variants = (code: string): string[] => [...new Set([code, code.trim(), code.trim().toUpperCase()])];
