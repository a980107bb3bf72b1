import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { upgradedDatabase } from '../../support/upgrade.ts';

const { query: sql, migrateTo } = upgradedDatabase();
/** The day of the first migrations after the first release. */
const AFTER_RELEASE = '2026-11-24';
const merchantId = randomUUID();
const batchId = randomUUID();

interface Old {
  state: string;
  revision?: number;
  item: { state: string; disposition?: string; batch?: boolean };
}

async function oldReturn({ state, revision = 0, item }: Old): Promise<string> {
  const [id, itemId] = [randomUUID(), randomUUID()];
  const inspected = ['processing', 'completed'].includes(state) ? '2026-11-02T10:00:00Z' : null;
  await sql(
    `insert into returns.return (id, merchant_id, number, kind, state, match_state, channel, note, revision, content_hash,
       created_at, updated_at, received_at, received_on, inspected_at, inspected_on, completed_at)
     values ($1::uuid, $2, $1, 'withdrawal', $3, 'unmatched', 'manual', '', $4, '', now(), now(), '2026-11-01T10:00:00Z',
       '2026-11-01', $5::timestamptz, $5::date, case when $3 = 'completed' then $5::timestamptz end)`,
    [id, merchantId, state, revision, inspected],
  );
  await sql(
    `insert into returns.return_item (id, return_id, merchant_id, position, origin, name, quantity, state, grade, note,
       disposition, disposition_source, rtv_batch_id)
     values ($1, $2, $3, 1, 'expected', 'Mug', 1, $4, 'B', '', $5, case when $5::text is null then null else 'rule' end, $6)`,
    [itemId, id, merchantId, item.state, item.disposition ?? null, item.batch ? batchId : null],
  );
  for (const [clientId, of] of [
    ['box', null],
    ['mug', itemId],
  ])
    await sql(
      `insert into returns.photo (id, return_id, item_id, merchant_id, client_photo_id, sha256, full_key, web_key, thumb_key,
         bytes, width, height, uploaded_at, uploaded_by)
       values (gen_random_uuid(), $1, $2, $3, $4, repeat('a', 64), 'f', 'w', 't', 1, 1, 1, now(), 'worker-1')`,
      [id, of, merchantId, clientId],
    );
  return id;
}

test('a database in the middle of its work is brought up to date, nothing of it lost', async () => {
  await migrateTo(AFTER_RELEASE);
  await sql(
    `insert into returns.merchant_ref (merchant_id, version, number, name, language, address, rtv_schedule, return_rules)
     values ($1, 1, '1', 'Nord', 'de', '{}', 'manual', '[]')`,
    [merchantId],
  );
  await sql(
    `insert into returns.rtv_batch (id, merchant_id, number, warehouse, state, created_at, updated_at)
     values ($1, $2, 'RTV-1', 'main', 'open', now(), now())`,
    [batchId, merchantId],
  );
  const held = await oldReturn({ state: 'processing', item: { state: 'on_hold', disposition: 'hold' } });
  const batched = await oldReturn({
    state: 'processing',
    item: { state: 'in_rtv_batch', disposition: 'rtv', batch: true },
  });
  const restocked = await oldReturn({ state: 'completed', item: { state: 'restocked', disposition: 'restock' } });
  const reopened = await oldReturn({ state: 'inspecting', revision: 1, item: { state: 'graded' } });
  const fresh = await oldReturn({ state: 'received', item: { state: 'received' } });

  const ran = await migrateTo();
  expect(ran).toContain('returns/2026-11-24-returns-in-depth');
  const known = (id: string) =>
    sql(
      `select r.charged_parcels as parcels, i.charged_as is not null as charged, i.inspection_charged as inspected, i.quarantined_at is not null as held,
         r.inspection_due_at is not null as due,
         (select count(*)::int from returns.return_parcel p where p.return_id = r.id) as came,
         (select array_agg(kind order by kind) from returns.photo p where p.return_id = r.id) as photos
       from returns.return r join returns.return_item i on i.return_id = r.id where r.id = $1`,
      [id],
    );
  const all = { came: 1, photos: ['item', 'parcel'] };
  const ended = { ...all, parcels: 1, inspected: true, due: false };
  expect(await known(held)).toEqual([{ ...ended, charged: false, held: true }]);
  expect(await known(batched)).toEqual([{ ...ended, charged: false, held: false }]);
  expect(await known(restocked)).toEqual([{ ...ended, charged: true, held: false }]);
  expect(await known(reopened)).toEqual([{ ...ended, charged: false, held: false, due: true }]);
  expect(await known(fresh)).toEqual([
    { ...all, parcels: 0, inspected: false, charged: false, held: false, due: true },
  ]);
  expect(await sql('select state, closed_by, label_number::int > 0 as labelled from returns.rtv_batch')).toEqual([
    { state: 'open', closed_by: null, labelled: true },
  ]);
});
