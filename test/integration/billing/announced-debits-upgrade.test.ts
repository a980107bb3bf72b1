import { expect, test } from '@jest/globals';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { upgradedDatabase } from '../../support/upgrade.ts';

const { query, migrateTo } = upgradedDatabase();
const merchant = uuidOf('merchant');

test('I3 what was announced before is known with its amount, and what became of its mail', async () => {
  await migrateTo('2026-12-13');
  // merchant, mandate and the rest of the documents are not what this is about
  await query('set session_replication_role = replica');
  const invoice = (name: string, prepaidMinor: number | null, announcedAnewOn: string | null) =>
    query(
      `with i as (
         insert into billing.invoice (id, merchant_id, run_id, run_merchant_id, issuer_id, kind, split, state, currency, language, period_from, period_to, net_minor, vat_minor, gross_minor, created_at)
         values ($1, $2, $1, $2, $2, 'invoice', 'all', 'draft', 'EUR', 'de', '2026-10-01', '2026-10-31', 4500, 855, 5355, now()) returning id),
       f as (
         insert into billing.invoice_document (invoice_id, merchant_id, kind, model, state) select id, $2, 'pdf', jsonb_build_object('prepaidMinor', $3::int), 'pending' from i)
       insert into billing.direct_debit (invoice_id, merchant_id, mandate_id, collect_on, announced_anew_on) select id, $2, $2, '2026-11-16', $4 from i`,
      [uuidOf(name), merchant, prepaidMinor, announcedAnewOn],
    );
  await invoice('plain', null, null);
  await invoice('prepaid', 2000, null);
  await invoice('anew', null, '2026-12-04');
  await query(
    `insert into billing.collection_run (id, number, state, collect_until, created_by, created_at, approved_by, approved_at, creditor)
     values ($1, 'LS-1', 'approved', '2026-12-04', 'x', now(), 'x', now(), '{}')`,
    [uuidOf('run')],
  );
  await query(
    `insert into billing.collection_item (id, run_id, merchant_id, invoice_id, mandate_id, amount_minor, sequence, collect_on, end_to_end_id, state)
     values ($1, $1, $2, $3, $2, 5000, 'RCUR', '2026-12-04', 'RE-1', 'open')`,
    [uuidOf('run'), merchant, uuidOf('anew')],
  );
  const told = { messageId: uuidOf('mail'), documentId: uuidOf('anew'), kind: 'directDebitAnnounced' };
  for (const outcome of ['sent', 'bounced'])
    await query(
      `insert into messaging.event (id, type, payload, occurred_at, request_id) values ($1, 'notifications.message-delivered.v1', $2, now(), 'x')`,
      [uuidOf(outcome), { ...told, outcome }],
    );
  await query('set session_replication_role = origin');
  expect(await migrateTo()).toContain('billing/2026-12-13-announced-debits');
  const known = await query(
    `select announced_minor::int as minor, announcement from billing.direct_debit order by announced_minor`,
  );
  expect(known).toEqual([
    { minor: 3355, announcement: 0 },
    { minor: 5000, announcement: 20261204 },
    { minor: 5355, announcement: 0 },
  ]);
  expect(await query('select announcement, resends, outcome from billing.direct_debit_delivery')).toEqual([
    { announcement: 20261204, resends: 0, outcome: 'bounced' },
  ]);
});
