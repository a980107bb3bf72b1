import type { PackedPiece, PackingList } from '../../services/returns/documents/packing-list-model.ts';

/** A batch of an invented merchant with so many pieces. */
export function samplePackingList(count: number, changes: Partial<PackingList> = {}): PackingList {
  return {
    language: 'de',
    batchNumber: 'RTV-2026-00017',
    closedOn: '2026-10-29',
    fulfiller: {
      name: 'Nordlager Fulfillment GmbH',
      addressLines: ['Am Güterbahnhof 12', '21035 Hamburg'],
      phone: '+49 40 555 0120',
      email: 'retouren@nordlager.example',
    },
    merchant: {
      merchantNumber: '10023',
      name: 'Töpferei Grünwald GmbH',
      addressLines: ['Retourenlager', 'Lindenstraße 8', '80331 München'],
    },
    dispatch: {
      carrier: 'DHL Paket',
      trackingNumbers: ['00340434161094022115', '00340434161094022122'],
      parcels: 2,
      weightGrams: 18450,
      dispatchedOn: '2026-10-30',
    },
    pieces: Array.from({ length: count }, (_, index) => samplePiece(index)),
    ...changes,
  };
}

const kinds = [
  { name: 'Teekanne „Waldmeister“, 1,2 l, grün glasiert', grade: 'D', reason: 'Bruch', note: 'Henkel abgebrochen' },
  { name: 'Müslischale 14 cm', grade: 'B', reason: 'Gebrauchsspuren' },
  {
    name: 'Vorratsdose mit Korkdeckel',
    grade: 'C',
    reason: 'Teil fehlt',
    note: 'Deckel fehlt; der Endkunde schreibt, er sei nie dabei gewesen',
  },
  { name: 'Espressotasse, 4er-Set', grade: 'C', reason: 'Verpackung beschädigt' },
] as const satisfies readonly (Pick<PackedPiece, 'grade' | 'reason' | 'note'> & { name: string })[];

function samplePiece(index: number): PackedPiece {
  const { name, ...kind } = kinds[index % kinds.length]!;
  return {
    ...kind,
    articleName: name,
    articleCode: `TG-${4100 + index}`,
    quantity: (index % 3) + 1,
    returnNumber: `RET-${88000 + index}`,
    orderNumber: `536${String(index).padStart(3, '0')}`,
  };
}
