import { expect, test } from '@jest/globals';
import { openItemsCsv } from '../../../services/billing/use-cases/payments/open-items-csv.ts';
import type { OpenItemView } from '../../../shared/protocol/billing/payments-views.ts';

const item: OpenItemView = {
  ...{ invoiceId: 'i', merchantId: 'm', merchantNumber: 'M001', merchantName: '=Öl; "Süß" GmbH' },
  ...{ kind: 'invoice', number: 'RE-2026-00042', issueDate: '2026-11-02', dueDate: '2026-11-16', daysOverdue: 15 },
  ...{ currency: 'EUR', grossMinor: 1234567, creditedMinor: 0, allocatedMinor: 5, creditUsedMinor: 0 },
  ...{ writtenOffMinor: 0, openMinor: 1234562 },
};
const credit: OpenItemView = {
  ...{ ...item, merchantName: 'Beta', kind: 'creditNote', number: 'RK-2026-00001', daysOverdue: 0 },
  ...{ grossMinor: -1205, allocatedMinor: 0, openMinor: -1205 },
};

test('I1 open items are a spreadsheet of the reader, with decimals and no cents', () => {
  expect(openItemsCsv([item, credit], 'de').toString()).toBe(
    [
      '\ufeffHändlernummer;Händler;Art;Nummer;Datum;Fällig am;Tage überfällig;Währung;Brutto;Korrigiert;Bezahlt;Guthaben verrechnet;Ausgebucht;Offen',
      `M001;"'=Öl; ""Süß"" GmbH";Rechnung;RE-2026-00042;02.11.2026;16.11.2026;15;EUR;"12345,67";"0,00";"0,05";"0,00";"0,00";"12345,62"`,
      'M001;Beta;Rechnungskorrektur;RK-2026-00001;02.11.2026;16.11.2026;0;EUR;"-12,05";"0,00";"0,00";"0,00";"0,00";"-12,05"',
      '',
    ].join('\r\n'),
  );
  expect(openItemsCsv([credit], 'en').toString()).toBe(
    [
      '\ufeffMerchant number,Merchant,Kind,Number,Date,Due,Days overdue,Currency,Gross,Credited,Paid,Credit used,Written off,Open',
      'M001,Beta,Credit note,RK-2026-00001,2026-11-02,2026-11-16,0,EUR,-12.05,0.00,0.00,0.00,0.00,-12.05',
      '',
    ].join('\r\n'),
  );
});
