import type { LocalDate, LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { RawBuilder } from 'kysely';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { IssuedDocument } from '../../domain/exports/issued-document.ts';

/** Net by month of supply behind each category and rate of an invoice. */
const VAT = sql`
  select coalesce(jsonb_agg(jsonb_build_object('category', v.category, 'rateBasisPoints', v.rate_bp, 'vatMinor', v.vat_minor,
    'remainder', v.remainder is true, 'months', coalesce(nets.months, '[]')) order by v.rate_bp desc, v.category), '[]') as vat
  from invoice_vat v
  left join lateral (
    select jsonb_agg(jsonb_build_object('month', service_month, 'netMinor', net) order by service_month) as months
    from (select l.service_month, sum(l.net_minor) as net from invoice_line l
          where l.invoice_id = i.id and l.vat_category = v.category and l.vat_rate_bp = v.rate_bp group by l.service_month) by_month) nets on true
  where v.invoice_id = i.id`;

/** Name, number and VAT id are those on the document, whatever the merchant is called since. */
const documents = (which: RawBuilder<unknown>) => sql<IssuedDocument>`
  select i.id, i.kind, i.number, i.issue_date as "issueDate", i.period_to as "periodTo", case when i.kind = 'invoice' then i.due_date end as "dueDate", o.number as "correctsNumber",
    i.merchant_id as "merchantId", coalesce(d.model #>> '{buyer,merchantNumber}', m.number) as "merchantNumber",
    coalesce(d.model #>> '{buyer,name}', m.name) as "merchantName", d.model #>> '{buyer,vatId}' as "vatId",
    i.net_minor::float8 as "netMinor", i.vat_minor::float8 as "vatMinor", i.gross_minor::float8 as "grossMinor", taxed.vat,
    jsonb_build_object('state', coalesce(d.state, 'none'),
      'pdf', case when d.state = 'ready' then jsonb_build_object('objectKey', d.object_key, 'sha256', d.sha256, 'bytes', d.bytes) end,
      'xml', case when d.xml_object_key is not null
        then jsonb_build_object('objectKey', d.xml_object_key, 'sha256', d.xml_sha256, 'bytes', d.xml_bytes) end) as document
  from invoice i join merchant_ref m on m.merchant_id = i.merchant_id
  left join invoice o on o.id = i.corrects_id
  left join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'
  cross join lateral (${VAT}) taxed
  where i.state <> 'draft' and (${which}) order by i.issue_date, i.series_year, i.kind, i.series_number`;

/** Everything that was issued between two days, in the order of its numbers. */
export const documentsIssued = (em: EntityManager, from: LocalDate, to: LocalDate): Promise<IssuedDocument[]> =>
  rows(em, documents(sql`i.issue_date between ${from} and ${to}`));

/** What may stand in an EC sales list of some months: supplied in them under reverse charge, or reduced in them. */
export const documentsUnderReverseCharge = (
  em: EntityManager,
  months: readonly LocalMonth[],
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<IssuedDocument[]> =>
  rows(
    em,
    documents(sql`i.id in (select invoice_id from invoice_line where vat_category = 'AE' and service_month = any(${months as LocalMonth[]}))
      or (i.kind = 'creditNote' and i.corrects_id is not null and i.issue_date between ${from} and ${to})`),
  );

/**
 * Documents of which a month that was reported in an EC sales list does not stand in one: issued since, or left out.
 * @param months  those that were reported
 */
export const documentsMissedBySalesList = (
  em: EntityManager,
  months: readonly LocalMonth[],
): Promise<IssuedDocument[]> =>
  rows(
    em,
    documents(sql`i.id in (
      select n.id from invoice n join invoice_line l on l.invoice_id = n.id and l.vat_category = 'AE'
      cross join lateral (select case when n.kind = 'creditNote' and n.corrects_id is not null
        then to_char(n.issue_date, 'YYYY-MM') else l.service_month end as month) counted
      where (l.service_month = any(${months as LocalMonth[]}) or (n.kind = 'creditNote' and n.corrects_id is not null))
        and counted.month = any(${months as LocalMonth[]})
        and not exists (select from export_document e where e.kind = 'ecSales' and e.invoice_id = n.id and e.month = counted.month))`),
  );

/** A merchant whose charges up to a cut-off are not on a finalized document yet. */
export interface OpenRow {
  merchantId: string;
  merchantName: string;
  cutoff: LocalDate;
  state: string;
}

/** @param from  first cut-off; without it all that are open by the last one */
export const openRows = (
  em: EntityManager,
  { from = '0001-01-01', to }: { from?: LocalDate; to: LocalDate },
): Promise<OpenRow[]> =>
  rows(
    em,
    sql`select r.merchant_id as "merchantId", m.name as "merchantName", r.cutoff, r.state
        from run_merchant r join merchant_ref m on m.merchant_id = r.merchant_id
        where r.cutoff between ${from} and ${to} and r.state in ('scheduled', 'draft', 'approved', 'parked') order by r.cutoff, m.number`,
  );
