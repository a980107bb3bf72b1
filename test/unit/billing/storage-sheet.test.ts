import { expect, test } from '@jest/globals';
import type { CountedEvidence } from '../../../services/billing/use-cases/storage/counted-evidence.ts';
import { countedSheet } from '../../../services/billing/use-cases/storage/storage-sheet.ts';

const row: CountedEvidence = {
  ...{ day: '2026-10-31', warehouse: 'main', bin: 'L-01', sku: '=1+1', storageType: 'pallet', quantity: '3' },
  ...{ volumeM3: '0.25', source: 'reconstructed', rebuiltFromDay: '2026-10-30', movedPieces: 5, snapshotId: 's' },
  ...{ counted: '2.5', unit: 'pallet_day', ageDaysOver: 30, ageDaysUpTo: null, weight: '1', weightOf: '31' },
  ...{ lineQuantity: '7.5', chargeId: 'c' },
};

test('F7 what counted for a storage line is a spreadsheet of the reader, in words and with its decimals', () => {
  expect(countedSheet([row], 'de').toString()).toBe(
    [
      '\ufeffTag;Lager;Fach;Artikelnummer;Lagerart;Stück;Volumen in m³;Herkunft;Nachgebildet;Nachgebildet aus dem Bestand vom;Seitdem bewegte Stücke;Erfassung;Gezählt;Einheit;Lagerdauer mehr als (Tage);Lagerdauer bis (Tage);Gewicht;Gewicht von;Menge der Position;Posten',
      `31.10.2026;main;L-01;"'=1+1";Palette;3;"0,25";Nachgebildet;ja;30.10.2026;5;s;"2,5";Palettentage;30;;1;31;"7,5";c`,
      '',
    ].join('\r\n'),
  );
  expect(countedSheet([row], 'en').toString().split('\r\n')[1]).toBe(
    `2026-10-31,main,L-01,"'=1+1",Pallet,3,0.25,Rebuilt,yes,2026-10-30,5,s,2.5,pallet days,30,,1,31,7.5,c`,
  );
});
