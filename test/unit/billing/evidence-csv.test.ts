import { expect, test } from '@jest/globals';
import type { EvidenceRow } from '../../../services/billing/persistence/runs/invoice-views.ts';
import { evidenceCsv, evidenceSheet } from '../../../services/billing/use-cases/invoices/evidence-csv.ts';

const line = {
  ...{ position: 1, section: 'returns', label: '=Prüfen; "genau"', reference: 'R-17', chargeType: 'return_item' },
  ...{ unit: 'piece', unitPrice: '0.385', baseQuantity: '1', lineQuantity: '3.5', lineNetMinor: 123_456, late: false },
};
const evidence: EvidenceRow[] = [
  { ...line, serviceDate: '2026-11-02', quantity: '1', chargeId: 'c1' },
  { ...line, serviceDate: '2026-11-03', quantity: '2.5', late: true, chargeId: 'c2' },
  {
    ...{ ...line, position: 2, section: 'adjustments', label: 'Treuerabatt', reference: '', chargeType: 'discount' },
    ...{ serviceDate: null, quantity: '1', unit: 'lump_sum', unitPrice: '-12.05', lineQuantity: '1' },
    ...{ lineNetMinor: -1205, chargeId: null },
  },
];

test('X2 the evidence of an invoice is a spreadsheet of the reader, in words, with decimals and no cents', () => {
  expect(evidenceSheet(evidence, 'de').toString()).toBe(
    [
      '\ufeffPosition;Bereich;Leistung;Leistungstag;Vorgang;Art;Menge;Einheit;Einzelpreis;Preis gilt für;Netto;Nachberechnet;Posten',
      `1;Retouren;"'=Prüfen; ""genau""";02.11.2026;R-17;Retourenprüfung je Stück;1;Stück;"0,385";1;"352,73";nein;c1`,
      `1;Retouren;"'=Prüfen; ""genau""";03.11.2026;R-17;Retourenprüfung je Stück;"2,5";Stück;"0,385";1;"881,83";ja;c2`,
      '2;Zu- und Abschläge;Treuerabatt;;;Rabatt;1;pauschal;"-12,05";1;"-12,05";nein;',
      '',
    ].join('\r\n'),
  );
  expect(evidenceSheet(evidence.slice(2), 'en').toString()).toBe(
    [
      '\ufeffLine,Section,Service,Day of service,Reference,Kind,Quantity,Unit,Unit price,Price is for,Net,Billed late,Charge',
      '2,Surcharges and discounts,Treuerabatt,,,Discount,1,lump sum,-12.05,1,-12.05,no,',
      '',
    ].join('\r\n'),
  );
});

test('without a language it stays what programs read', () => {
  expect(evidenceCsv(evidence.slice(2)).toString()).toBe(
    [
      '\ufeffposition,section,label,serviceDate,reference,chargeType,quantity,unit,unitPrice,shareMinor,late,chargeId,baseQuantity',
      '2,adjustments,Treuerabatt,,,discount,1,lump_sum,-12.05,-1205,no,,1',
      '',
    ].join('\r\n'),
  );
});
