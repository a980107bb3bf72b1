import type { LocalMonth } from '../../../../shared/kernel/dates.ts';
import { treatmentIn, type DatedTaxes } from '../../../../shared/protocol/merchants/dated-taxes.ts';
import type { ContractTerms } from '../../../../shared/protocol/merchants/events.ts';
import type { Stream } from '../runs/periods.ts';
import { isStorageLandRelated, taxGroupOf, vatClassOf, type TaxGroup, type VatClass } from './vat.ts';

/** What of a merchant and its contracts decides on which document a charge stands and how it is taxed. */
export interface TaxTerms {
  taxes: DatedTaxes;
  contracts: readonly Pick<ContractTerms, 'startsOn' | 'storageIsLandRelated'>[];
  /** One document per stream. */
  separateStreams: boolean;
}

export type Split = 'all' | 'fulfilment' | 'monthly';

/** The part of a bill that a line belongs to. `group` is what a surcharge or discount is taken of. */
export interface BillPart {
  stream: Stream;
  group: string;
  serviceMonth: LocalMonth;
}

/** A surcharge or discount on storage shares its fate; a monthly minimum is a service of its own. */
export const vatClassIn = ({ taxes, contracts }: TaxTerms, { group, serviceMonth }: BillPart): VatClass =>
  vatClassOf(treatmentIn(taxes, serviceMonth), serviceMonth, {
    landRelated: group === 'storage' && isStorageLandRelated(contracts, serviceMonth),
  });

export interface DocumentKey {
  split: Split;
  taxGroup: TaxGroup;
}

/** The document of a row that a part stands on. */
export const documentOf = (terms: TaxTerms, part: BillPart): DocumentKey => ({
  split: terms.separateStreams ? part.stream : 'all',
  taxGroup: taxGroupOf(vatClassIn(terms, part)),
});

export const keyOf = ({ split, taxGroup }: DocumentKey): string => `${split} ${taxGroup}`;
