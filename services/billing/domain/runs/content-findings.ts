import { COUNTRIES } from '../../../../shared/kernel/countries.ts';
import { checkVatId } from '../../../../shared/kernel/vat-id.ts';
import { addMonths, monthOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';
import type { DraftLine } from '../invoices/invoice-draft.ts';
import { blocking, note } from './findings.ts';

/** What a draft bills and whom, for the checks that look at nothing else. */
export interface DraftContent {
  merchant: Pick<
    MerchantSnapshot,
    'address' | 'taxTreatment' | 'vatId' | 'vatIdCheck' | 'contracts' | 'buyerReference'
  >;
  /** The house, as its documents name it. */
  issuer: Pick<IssuerProfile, 'vatId' | 'taxNumber' | 'phone' | 'email'>;
  lines: readonly Pick<DraftLine, 'kind' | 'quantity' | 'ruleKey' | 'serviceMonth' | 'category'>[];
  cutoff: LocalDate;
  today: LocalDate;
  netMinor: number;
  /** Of the run before of the same kind; `undefined` when there was none. */
  previous: { cutoff: LocalDate; netMinor: number } | undefined;
  changePercent: number;
}

/** Findings about the address, lines that bill nothing, large changes and the limits of § 14a UStG (G9). */
export const contentFindings = (content: DraftContent): Finding[] => [
  ...merchantFindings(content),
  ...partyFindings(content),
  ...registerFindings(content),
  ...lineFindings(content),
  ...changeFindings(content),
  ...reverseChargeFindings(content),
];

const isReverseCharge = (lines: DraftContent['lines']): boolean => lines.some(({ category }) => category === 'AE');

function merchantFindings({ merchant, lines }: DraftContent): Finding[] {
  const { address, taxTreatment, vatId, contracts } = merchant;
  const missing = (['name', 'street', 'postalCode', 'city', 'country'] as const).filter(
    (field) => !address[field]?.trim(),
  );
  return [
    ...(missing.length && lines.length
      ? [blocking('ADDRESS_INCOMPLETE', `The merchant's address lacks ${missing.join(', ')}`, { missing })]
      : []),
    ...((taxTreatment === 'reverseCharge' || isReverseCharge(lines)) && !vatId?.trim()
      ? [blocking('VAT_ID_MISSING', 'Reverse charge needs the VAT id of the merchant')]
      : []),
    // goods may arrive before the contract is entered; without it there is no software fee, no storage, no minimum
    ...(!contracts.length && lines.length
      ? [note('NO_CONTRACT', 'No contract is entered; the base card prices what happened')]
      : []),
  ];
}

/** What seller and buyer lack, so that no document could be made of what they are billed; also not a correction. */
export const partyFindings = ({ merchant, issuer, lines }: Parties): Finding[] => [
  ...(lines.length && merchant.address.country?.trim() && !COUNTRIES.has(merchant.address.country)
    ? [
        blocking('COUNTRY_UNKNOWN', `The merchant's address has no country of ISO 3166-1`, {
          country: merchant.address.country,
        }),
      ]
    : []),
  ...sellerFindings({ merchant, issuer, lines }),
];

/** What of it the seller lacks, whose details may change until a document has its number. */
export const sellerFindings = ({ merchant, issuer, lines }: Parties): Finding[] => [
  ...issuerFindings({ issuer, lines }),
  ...contactFindings({ merchant, issuer, lines }),
];

interface Parties {
  merchant: Pick<DraftContent['merchant'], 'address' | 'buyerReference'>;
  issuer: DraftContent['issuer'];
  lines: readonly { category: string }[];
}

/** At least two signs on both sides of one @ (BR-DE-28). */
const EMAIL = /^[^@\s.][^@\s]*[^@\s.]@[^@\s.][^@\s]*[^@\s.]$/;

/** Who wants a reference of its own gets an XRechnung, which names whom to call and to write to (BR-DE-6, 7, 27, 28). */
function contactFindings({ merchant, issuer, lines }: Parties): Finding[] {
  if (!merchant.buyerReference || !lines.length) return [];
  const missing = [
    ...((issuer.phone ?? '').replaceAll(/\D/g, '').length < 3 ? ['phone'] : []),
    ...(EMAIL.test(issuer.email ?? '') ? [] : ['email']),
  ];
  if (!missing.length) return [];
  return [blocking('ISSUER_CONTACT_MISSING', `An XRechnung needs ${missing.join(' and ')} of the issuer`, { missing })];
}

/**
 * What the issuer must be named by for the VAT of its lines: a document outside the scope of VAT bears no VAT id, so it needs
 * the tax number (EN 16931 BR-O-02; § 14 Abs. 4 Nr. 2 UStG), and reverse charge needs both VAT ids (BR-AE-02, § 14a UStG).
 */
function issuerFindings({ issuer, lines }: Pick<Parties, 'issuer' | 'lines'>): Finding[] {
  const bills = (wanted: string) => lines.some(({ category }) => category === wanted);
  const vatId = issuer.vatId?.trim();
  return [
    ...(lines.length && vatId && !isOfMember(vatId)
      ? [blocking('ISSUER_VAT_ID_INVALID', `The VAT id of the issuer, ${vatId}, is wrong`, { vatId })]
      : []),
    ...(bills('O') && !issuer.taxNumber?.trim()
      ? [
          blocking(
            'ISSUER_TAX_NUMBER_MISSING',
            'An invoice outside the scope of VAT needs the tax number of the issuer',
          ),
        ]
      : []),
    ...(bills('AE') && !vatId
      ? [blocking('ISSUER_VAT_ID_MISSING', 'Reverse charge needs the VAT id of the issuer')]
      : []),
  ];
}

/** BR-CO-09 wants the prefix of a country; check digits find what was mistyped. */
const isOfMember = (vatId: string): boolean =>
  [checkVatId(vatId)].every(({ kind, country }) => kind === 'valid' && country !== null);

/**
 * What the register of VAT ids said of a merchant that owes the tax itself: a no blocks, silence does not, because
 * member states are away for days. Nothing is told where no register was ever asked. An answer holds for the month it
 * was given in and the next one; the worker asks before each month ends.
 */
function registerFindings({ merchant, lines, cutoff }: DraftContent): Finding[] {
  const check = merchant.vatIdCheck;
  if (!check || !isReverseCharge(lines)) return [];
  const { vatId } = merchant;
  const { state, checkedOn } = check;
  if (state === 'invalid')
    return [
      blocking('VAT_ID_REFUSED', `The register said on ${checkedOn} that ${vatId} is not valid`, { vatId, checkedOn }),
    ];
  if (state === 'valid' && monthOf(checkedOn) >= addMonths(monthOf(cutoff), -1)) return [];
  return [
    note(
      'VAT_ID_UNCONFIRMED',
      state === 'valid'
        ? `${vatId} was confirmed on ${checkedOn} and not since`
        : `The register gave no answer about ${vatId}`,
      { vatId, checkedOn, answered: state === 'valid' },
    ),
  ];
}

function lineFindings({ lines }: DraftContent): Finding[] {
  const rules = lines.filter(({ kind, quantity }) => kind === 'charges' && Number(quantity) === 0);
  if (!rules.length) return [];
  return [
    note('ZERO_QUANTITY', `${rules.length} lines have no quantity left`, {
      count: rules.length,
      rules: [...new Set(rules.map(({ ruleKey }) => ruleKey))].slice(0, 20),
    }),
  ];
}

/** A total that is twice as large is a change of 100 %, and so is one that is half as large. */
function changeFindings({ netMinor, previous, changePercent }: DraftContent): Finding[] {
  if (!previous || previous.netMinor <= 0 || netMinor <= 0) return [];
  const [small, large] = [netMinor, previous.netMinor].toSorted((a, b) => a - b) as [number, number];
  if ((large - small) * 100 <= changePercent * small) return [];
  return [
    note(
      'CHANGED_MUCH',
      `The total and that of the run of ${previous.cutoff} differ by more than ${changePercent} % of the smaller one`,
      {
        netMinor,
        previousNetMinor: previous.netMinor,
        previousCutoff: previous.cutoff,
      },
    ),
  ];
}

/** Invoices without German VAT to businesses of the Union are due by the 15th of the month after the service (§ 14a UStG). */
function reverseChargeFindings({ lines, cutoff, today }: DraftContent): Finding[] {
  const taxed = lines.filter(({ category }) => category === 'AE');
  if (!taxed.length) return [];
  const limit = `${addMonths(monthOf(cutoff), 1)}-14`;
  // what was performed before the month whose limit is still ahead, or is this month's
  const oldest = addMonths(monthOf(today), -1);
  const late = [...new Set(taxed.map(({ serviceMonth }) => serviceMonth).filter((month) => month < oldest))].toSorted();
  const isLate = today > limit;
  return [
    ...(isLate ? [note('REVERSE_CHARGE_OVERDUE', `This should have been finalized by ${limit}`, { limit })] : []),
    ...(late.length
      ? [
          note('REVERSE_CHARGE_LATE', `Late charges of ${late.join(', ')} are older than the previous month`, {
            months: late,
          }),
        ]
      : []),
  ];
}
