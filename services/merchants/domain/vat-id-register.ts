import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { Address } from '../../../shared/protocol/schemas.ts';

/** A VAT id with what the merchant says of itself, to be compared. */
export interface VatIdQuestion {
  vatId: string;
  address: Address;
}

/**
 * The qualified confirmation of a VAT id (§ 18e UStG). `unavailable`: the register, or the member state behind it, gave
 * no answer; that says nothing about the id.
 */
export type VatIdAnswer =
  | {
      state: 'valid';
      checkedOn: LocalDate;
      consultationNumber: string | null;
      /** As registered; not every member state tells. */
      name: string | null;
      address: string | null;
      /** `null`: not compared. */
      nameMatches: boolean | null;
      addressMatches: boolean | null;
    }
  | { state: 'invalid'; checkedOn: LocalDate; consultationNumber: string | null }
  | { state: 'unavailable'; checkedOn: LocalDate; error: string };

/** Whoever can confirm VAT ids. Never asked from inside a transaction; never throws. */
export interface VatIdRegister {
  name: string;
  ask: (question: VatIdQuestion, today: LocalDate) => Promise<VatIdAnswer>;
}
