import type { Api } from './api.ts';
import { issueInvoice } from './issued-invoices.ts';
import type { MerchantWorld } from './merchant-world.ts';
import { until } from './product.ts';
import type { WholeProduct } from './whole-product.ts';

/** The issuer may collect, and each merchant signed a mandate. @returns the mandates by merchant */
export async function agreeMandates(admin: Api, merchantIds: readonly string[]): Promise<Map<string, string>> {
  const { profile, numberPattern } = await admin.get<{ profile: object; numberPattern: string }>('/issuer');
  await admin.put('/issuer', { profile: { ...profile, sepaCreditorId: 'DE98ZZZ09999999999' }, numberPattern });
  const mandates = new Map<string, string>();
  for (const merchantId of merchantIds) {
    const { id } = await admin.post('/mandates', {
      ...{ merchantId, scheme: 'CORE', signedOn: '2026-01-05' },
      ...{ iban: 'DE02120300000000202051', debtorName: 'Inhaber' },
    });
    mandates.set(merchantId, id);
  }
  return mandates;
}

/** A file that collects what is announced, and a letter for each merchant. @returns ids by the first part of their paths */
export async function collectAndDun(product: WholeProduct, worlds: readonly Pick<MerchantWorld, 'merchantId'>[]) {
  const { admin } = product;
  const announced = await admin.get<{ items: { collectOn: string }[] }>('/direct-debits');
  const collectUntil = announced.items
    .map(({ collectOn }) => collectOn)
    .toSorted()
    .at(-1);
  const { id: runId, ...proposal } = await admin.post<{ id: string; items: number; totalMinor: number }>(
    '/collection-runs',
    { collectUntil },
  );
  await admin.post(`/collection-runs/${runId}/approve`, {
    seen: { items: proposal.items, totalMinor: proposal.totalMinor },
  });
  const database = { query: (text: string, values?: unknown[]) => product.query(text, values) };
  for (const { merchantId } of worlds) await issueInvoice(database as never, merchantId);
  const dunning = await admin.post('/dunning-runs', { asOf: '2026-11-01' });
  await admin.post(`/dunning-runs/${dunning.id}/issue`);
  const letters = await until('the dunning letters', async () => {
    const { items } = await admin.get<{ items: { id: string; merchantId: string; document: string }[] }>(
      '/dunning-letters',
    );
    return items.length === worlds.length && items.every(({ document }) => document === 'ready') && items;
  });
  return {
    ...{ 'collection-runs': runId, 'dunning-runs': dunning.id },
    letterOf: (merchantId: string) => letters.find((letter) => letter.merchantId === merchantId)!.id,
  };
}
