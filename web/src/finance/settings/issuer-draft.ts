import type { Input, Output } from '../../app/api/contract.ts';

export type Issuer = Output<'GET /issuer'>;
type Body = Input<'PUT /issuer'>;

/** Every setting as it is typed; what is empty is left out when it is sent. */
export interface IssuerDraft {
  name: string;
  extra: string;
  street: string;
  postalCode: string;
  city: string;
  country: string;
  vatId: string;
  taxNumber: string;
  registerCourt: string;
  registerNumber: string;
  managingDirectors: string;
  contactName: string;
  phone: string;
  email: string;
  web: string;
  bankName: string;
  iban: string;
  bic: string;
  sepaCreditorId: string;
  preNotificationDays: number | null;
  numberPattern: string;
  cancellationPattern: string;
  creditNotePattern: string;
  billingStartsOn: string;
  waitDays: number | null;
  fourEyes: boolean;
  aboveUsualPercent: number | null;
  changePercent: number | null;
}

/** @param issuer  none before it is set up */
export function draftOf(issuer: Issuer | undefined): IssuerDraft {
  const { address, bank, managingDirectors = [], ...profile } = issuer?.profile ?? NOBODY;
  return {
    ...EMPTY,
    ...profile,
    ...address,
    ...{ managingDirectors: managingDirectors.join(', '), bankName: bank.name, iban: bank.iban, bic: bank.bic },
    ...{
      numberPattern: issuer?.numberPattern ?? 'RE-{year}-{number:5}',
      cancellationPattern: issuer?.cancellationPattern ?? 'ST-{year}-{number:5}',
      creditNotePattern: issuer?.creditNotePattern ?? 'RK-{year}-{number:5}',
      billingStartsOn: issuer?.billingStartsOn ?? '',
      waitDays: issuer?.waitDays ?? 0,
      preNotificationDays: issuer?.preNotificationDays ?? 14,
      fourEyes: issuer?.approval.fourEyes ?? false,
      aboveUsualPercent: issuer?.checks.aboveUsualPercent ?? 300,
      changePercent: issuer?.checks.changePercent ?? 200,
    },
  };
}

/** What the API takes; blanks that people type into numbers of accounts mean nothing. */
export function bodyOf(draft: IssuerDraft): Body {
  const { aboveUsualPercent, changePercent, waitDays, billingStartsOn, preNotificationDays } = draft;
  return {
    profile: {
      name: draft.name.trim(),
      address: {
        ...given({ extra: draft.extra }),
        street: draft.street.trim(),
        postalCode: draft.postalCode.trim(),
        city: draft.city.trim(),
        country: draft.country.trim().toUpperCase(),
      },
      ...given({ vatId: joined(draft.vatId), taxNumber: draft.taxNumber }),
      ...given({ registerCourt: draft.registerCourt, registerNumber: draft.registerNumber }),
      managingDirectors: draft.managingDirectors
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
      ...given({ sepaCreditorId: joined(draft.sepaCreditorId) }),
      ...given({ contactName: draft.contactName, phone: draft.phone, email: draft.email, web: draft.web }),
      bank: { name: draft.bankName.trim(), iban: joined(draft.iban), bic: joined(draft.bic) },
    },
    numberPattern: draft.numberPattern.trim(),
    cancellationPattern: draft.cancellationPattern.trim(),
    creditNotePattern: draft.creditNotePattern.trim(),
    ...(billingStartsOn ? { billingStartsOn } : {}),
    waitDays: waitDays ?? 0,
    ...(preNotificationDays === null ? {} : { preNotificationDays }),
    approval: { fourEyes: draft.fourEyes },
    checks: {
      ...(aboveUsualPercent === null ? {} : { aboveUsualPercent }),
      ...(changePercent === null ? {} : { changePercent }),
    },
  };
}

/** A number as the pattern would write it. */
export const exampleOf = (pattern: string, year: number): string =>
  pattern
    .replace('{year}', String(year))
    .replace(/\{number(?::(\d))?\}/, (_, places: string | undefined) => '1'.padStart(Number(places ?? 1), '0'));

const joined = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

function given<Key extends string>(fields: Record<Key, string>): Partial<Record<Key, string>> {
  const filled = Object.entries<string>(fields).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(filled.map(([key, value]) => [key, value.trim()])) as Partial<Record<Key, string>>;
}

const NOBODY: Issuer['profile'] = {
  name: '',
  address: { street: '', postalCode: '', city: '', country: 'DE' },
  managingDirectors: [],
  bank: { name: '', iban: '', bic: '' },
};
const EMPTY = {
  ...{ extra: '', vatId: '', taxNumber: '', registerCourt: '', registerNumber: '', phone: '', email: '', web: '' },
  ...{ contactName: '', sepaCreditorId: '' },
};
