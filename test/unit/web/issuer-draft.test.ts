import { expect, test } from '@jest/globals';
import { issuerProfile, type IssuerProfile } from '../../../shared/protocol/billing/issuer.ts';
import { bodyOf, draftOf, type Issuer } from '../../../web/src/finance/settings/issuer-draft.ts';

const profile: Required<IssuerProfile> = {
  name: 'Nordlager Fulfillment GmbH',
  address: { extra: 'Tor 3', street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' },
  vatId: 'DE136695976',
  taxNumber: '27/123/45678',
  registerCourt: 'Amtsgericht Hamburg',
  registerNumber: 'HRB 12345',
  managingDirectors: ['Inga Petersen', 'Ole Petersen'],
  sepaCreditorId: 'DE98ZZZ09999999999',
  contactName: 'Frau Nolte',
  phone: '040 123456',
  email: 'rechnung@example.com',
  web: 'www.example.com',
  bank: { name: 'Hausbank', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
};
const issuer = {
  profile,
  numberPattern: 'RE-{year}-{number:5}',
  cancellationPattern: 'ST-{year}-{number:5}',
  creditNotePattern: 'RK-{year}-{number:5}',
  billingStartsOn: '2026-11-01',
  waitDays: 2,
  preNotificationDays: 10,
  approval: { fourEyes: true },
  checks: { aboveUsualPercent: 250, changePercent: 150 },
};

test('what is stored of the issuer is all there again when it is saved, its contact person too', () => {
  expect(Object.keys(profile).toSorted()).toEqual(Object.keys(issuerProfile.shape).toSorted());
  expect(bodyOf(draftOf(issuer as unknown as Issuer))).toEqual(issuer);
});

test('what is emptied is left out', () => {
  const { contactName: _, ...rest } = profile;
  expect(bodyOf({ ...draftOf(issuer as unknown as Issuer), contactName: ' ' }).profile).toEqual(rest);
});
