import { InvalidInput, type FieldError } from '../../../../shared/kernel/errors.ts';
import { comparableCode } from '../../../../shared/kernel/gtin.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { activePackagings } from '../../persistence/packagings.ts';
import type { PackedIn } from '../../persistence/shipments.ts';

interface Scanned {
  /** Code or EAN. */
  code: string;
  quantity: number;
  parcel?: number | undefined;
}

/**
 * The packagings that scanned codes mean; a code goes before an EAN.
 * @param parcels  how many the shipment has
 * @throws InvalidInput  naming each code nobody knows, and each parcel there is not
 */
export async function packedIn(em: EntityManager, scanned: readonly Scanned[], parcels: number): Promise<PackedIn[]> {
  if (!scanned.length) return [];
  const codes = [...new Set(scanned.map(({ code }) => code))];
  const known = await activePackagings(em, codes, codes.map(comparableCode));
  const byCode = new Map(known.map(({ code }) => [code, code]));
  const byEan = new Map(known.flatMap(({ code, ean }) => (ean === null ? [] : [[ean, code] as const])));
  const errors: FieldError[] = [];
  const packed = scanned.map(({ code: said, quantity, parcel }, index) => {
    const code = byCode.get(said) ?? byEan.get(comparableCode(said));
    if (code === undefined)
      errors.push({
        path: `packaging.${index}.code`,
        code: 'UNKNOWN_PACKAGING',
        message: `There is no packaging ${said}; its EAN can be scanned, too`,
      });
    if (parcel !== undefined && parcel > parcels)
      errors.push({
        path: `packaging.${index}.parcel`,
        code: 'UNKNOWN_PARCEL',
        message: `The shipment has ${parcels} parcels`,
      });
    return { code: code ?? said, quantity, parcel: parcel ?? null };
  });
  if (errors.length) throw new InvalidInput(errors);
  return packed;
}
