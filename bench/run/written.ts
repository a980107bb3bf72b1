import type pg from 'pg';

/** What a run wrote, as far as product and script must agree. */
export interface Written {
  invoices: number;
  lines: number;
  links: number;
  linked: number;
  netMinor: string;
  states: string;
}

/** Also looks whether the numbers are without gaps and nothing failed. @throws Error that says what is wrong */
export async function written(db: pg.Client): Promise<Written> {
  const {
    rows: [found],
  } = await db.query<Written & { numbers: string; failed: number }>(
    `select (select count(*)::int from billing.invoice where state = 'finalized') as invoices,
       (select count(*)::int from billing.invoice_line) as lines, (select count(*)::int from billing.invoice_line_charge) as links,
       (select count(line_id)::int from billing.charge) as linked, (select sum(net_minor)::text from billing.invoice) as "netMinor",
       (select string_agg(distinct state, ',') from billing.run_merchant) as states,
       (select min(series_number) || '-' || max(series_number) || '/' || count(distinct series_number) from billing.invoice) as numbers,
       (select count(*)::int from billing.run_merchant where findings @> '[{"code": "STEP_FAILED"}]' or attempts > 0) as failed`,
  );
  const { numbers, failed, ...figures } = found!;
  if (numbers !== `1-${figures.invoices}/${figures.invoices}`) throw new Error(`The numbers have gaps: ${numbers}`);
  if (failed) throw new Error(`${failed} rows failed on their way`);
  if (figures.states !== 'finalized') throw new Error(`Rows are ${figures.states}`);
  return figures;
}
