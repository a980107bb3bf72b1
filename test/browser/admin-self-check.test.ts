import { expect, jest, test } from '@jest/globals';
import { describeInBrowser } from './support/app.ts';

jest.setTimeout(120_000);

describeInBrowser('The desk of the administration: the self-check', (app) => {
  test('X8 an administrator sees what must be true, has it checked at once, and reads what to do about a row', async () => {
    const admin = await app.person(['admin']);
    const page = await app.open({ as: admin, path: '/admin/self-check' });
    await page.getByRole('heading', { name: 'Selbstprüfung', level: 1 }).waitFor();
    await page.getByText('Alles in Ordnung').waitFor({ timeout: 60_000 });
    await app.check(page);
    await app.shot(page, 'admin-self-check');
    // an order that counts as shipped and has nothing in it that was
    await app.product.query(
      `with made as (
         insert into orders."order" (id, merchant_id, channel, external_number, state, origin, country, currency, ordered_at, content_hash, created_at, updated_at)
         values (gen_random_uuid(), gen_random_uuid(), 'web', 'N-1', 'shipped', 'api', 'DE', 'EUR', now(), 'x', now(), now()) returning id, merchant_id)
       insert into orders.order_line (id, merchant_id, order_id, ordinal, sku, name, quantity) select gen_random_uuid(), merchant_id, id, 1, 'X', 'x', 1 from made`,
    );
    await page.getByRole('button', { name: 'Jetzt prüfen' }).click();
    await page.getByText('Eine Regel ist verletzt').waitFor({ timeout: 60_000 });
    await page.getByText('Auftrag öffnen und mit den Sendungen vergleichen.').waitFor();
    await page.getByText('N-1 is shipped with 0 of 1 shipped').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-self-check-violated');
    const audited = await app.product.query(
      `select 1 from messaging.audit_entry where action = 'self-check.requested' and actor_id = $1`,
      [admin.id],
    );
    expect(audited).toHaveLength(1);
  });

  test('X8 finance reads it at its own desk', async () => {
    const finance = await app.person(['finance']);
    const page = await app.open({ as: finance, path: '/finance' });
    await page.getByRole('link', { name: 'Selbstprüfung' }).click();
    await page.getByRole('heading', { name: 'Selbstprüfung', level: 1 }).waitFor();
    await page.getByText('Zuletzt geprüft', { exact: false }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('button', { name: 'Jetzt prüfen' }).count()).toBe(0);
    await app.check(page);
    await app.shot(page, 'finance-self-check');
  });
});
