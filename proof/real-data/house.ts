import { ownCards, baseCard } from './cards.ts';
import { FIRST_DAY, type Terms } from './merchants.ts';
import type { Api } from '../../test/support/api.ts';

/** Price lists and merchants, as finance would enter them. @returns ids of the merchants by their numbers */
export async function setUpMerchants(api: Api, terms: readonly Terms[]): Promise<Map<string, string>> {
  await api.post('/rate-cards', { ...baseCard(), isBase: true });
  for (const card of ownCards()) await api.post('/rate-cards', card);
  const ids = new Map<string, string>();
  for (const one of terms) ids.set(one.number, await setUpMerchant(api, one));
  return ids;
}

/** Who issues the invoices; from then on the clock starts runs by itself. */
export const setUpIssuer = (api: Api): Promise<unknown> =>
  api.put('/issuer', {
    profile: {
      name: 'Nordlager Fulfillment GmbH',
      address: { street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' },
      vatId: 'DE136695976',
      // documents outside the scope of VAT name no VAT id, so they need it
      taxNumber: '46/712/03456',
      managingDirectors: ['Inga Petersen'],
      bank: { name: 'Hanseatische Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
    },
    numberPattern: 'RE-{year}-{number:5}',
    billingStartsOn: FIRST_DAY,
    checks: { aboveUsualPercent: 10_000 },
  });

async function setUpMerchant(api: Api, terms: Terms): Promise<string> {
  const { number, name = number, taxTreatment, country, vatId, softwareFee, cadence } = terms;
  const { id } = await api.post('/merchants', {
    ...{ number, name, taxTreatment, vatId },
    address: { name, street: 'Marktplatz 1', postalCode: '04109', city: 'Leipzig', country },
    invoiceEmails: [`rechnung-${number}@example.com`],
  });
  for (const { merchant: _, rateCard, ...contract } of terms.contracts)
    await api.post('/contracts', {
      ...{ ...contract, merchantId: id, rateCardCode: rateCard, softwareFee, fulfilmentCadence: cadence },
    });
  return id;
}
