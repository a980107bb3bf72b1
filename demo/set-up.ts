import { openApi, type LogIn } from './api.ts';
import { enterPackagings } from './hand-work-deeds.ts';
import { demoRateCard, RETURN_RULES, type DemoMerchant } from './merchants.ts';
import { idOf, LOG_INS, MERCHANT_WITH_LOG_IN, type World } from './world.ts';

/** Everything a house does once: who issues invoices, what things cost, for whom it works, and who works in it. */
export async function setUp(world: World, firstAdministrator: LogIn): Promise<void> {
  await setUpStaff(world, firstAdministrator);
  await setUpIssuer(world);
  await enterPackagings(world);
  for (const merchant of world.merchants) await setUpMerchant(world, merchant);
  const { email, password, name } = LOG_INS.merchant;
  await world.as.admin.post('/users', {
    email,
    password,
    displayName: name,
    roles: ['merchantViewer', 'merchantDecider'],
    merchantIds: [idOf(world, MERCHANT_WITH_LOG_IN)],
  });
}

/** The first administrator becomes the one of the demo and makes the others. */
async function setUpStaff({ url, as }: World, firstAdministrator: LogIn): Promise<void> {
  const first = openApi(url, firstAdministrator);
  const { id } = await first.get<{ id: string }>('/auth/me');
  const { email, password, name } = LOG_INS.admin;
  await first.patch(`/users/${id}`, { email, displayName: name, password, reason: 'Set-up of the demo' });
  for (const role of ['finance', 'worker'] as const) {
    const { email, password, name } = LOG_INS[role];
    await as.admin.post('/users', { email, password, displayName: name, roles: [role] });
  }
}

async function setUpIssuer({ as, month }: World): Promise<void> {
  await as.finance.put('/issuer', {
    profile: {
      name: 'Nordlager Fulfillment GmbH',
      address: { street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' },
      vatId: 'DE136695976',
      taxNumber: '46/712/03456',
      registerCourt: 'Amtsgericht Hamburg',
      registerNumber: 'HRB 99999',
      managingDirectors: ['Inga Petersen'],
      phone: '+49 40 5550100',
      email: 'rechnung@nordlager.example',
      web: 'www.nordlager.example',
      bank: { name: 'Hanseatische Musterbank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
    },
    numberPattern: 'RE-{year}-{number:5}',
    billingStartsOn: `${month}-01`,
  });
  await as.finance.post('/rate-cards', { ...demoRateCard(), isBase: true });
}

async function setUpMerchant({ as, month, merchantIds }: World, merchant: DemoMerchant): Promise<void> {
  const { number, name, contact, street, postalCode, city, country } = merchant;
  const { id } = await as.finance.post('/merchants', {
    number,
    name,
    language: merchant.language,
    address: { name, extra: contact, street, postalCode, city, country },
    vatId: merchant.vatId,
    taxTreatment: merchant.taxTreatment,
    paymentTermsDays: merchant.paymentTermDays,
    invoiceEmails: [merchant.invoiceEmail],
    noticeEmails: [merchant.noticeEmail],
    returnRules: RETURN_RULES[number] ?? [],
  });
  merchantIds.set(number, id);
  await as.finance.post('/contracts', { merchantId: id, startsOn: `${month}-01`, storageMethod: 'binDay' });
}
