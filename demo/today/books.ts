import { dayBefore } from '../calendar.ts';
import { idOf, MERCHANT_WITH_LOG_IN, type World } from '../world.ts';

/** An invoice with what is to be paid of it, in cents. */
interface Bill {
  id: string;
  number: string;
  merchantId: string;
  merchantNumber: string;
  merchantName: string;
  grossMinor: number;
  openMinor: number;
  lines: { id: string; label: string; netMinor: number; section: string }[];
}

const HOUSE_IBAN = 'DE89370400440532013000';

/**
 * What the bookkeeping of the house has to do after the last run: money that came, some of it by a statement that nobody
 * went through yet, a bill that was corrected in part, a line that its merchant disputes.
 * @returns what waits, in words
 */
export async function keepBooks({ as, merchantIds }: World): Promise<string> {
  const bills = (await as.finance.list<Bill>('/invoices')).filter(({ openMinor }) => openMinor > 0);
  const sorted = bills.toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const own = sorted.filter(({ merchantId }) => merchantId === idOf({ merchantIds }, MERCHANT_WITH_LOG_IN));
  const others = sorted.filter(({ merchantId }) => merchantId !== own[0]?.merchantId);
  const [byHand, byBank] = [others.slice(0, 6), others.slice(6, 12)];
  for (const bill of byHand) await payByHand(as.finance, bill);
  const corrected = await creditPart(as.finance, others.at(-1)!);
  await as.finance.upload('/bank-statements', {}, statementOf(byBank));
  const last = await as.merchant.get<Bill>(`/invoices/${own.at(-1)!.id}`);
  await as.merchant.post(`/invoices/${last.id}/lines/${last.lines[0]!.id}/disputes`, {
    ...{ reason: 'wrongQuantity', netMinor: Math.ceil(last.lines[0]!.netMinor / 4) },
    text: 'In der zweiten Monatshälfte hatten wir einen Tag Verkaufspause. Können Sie die Menge bitte noch einmal prüfen?',
  });
  return `${byHand.length} invoices paid, ${byBank.length} entries of the bank to go through, ${corrected} corrected in part, a line disputed`;
}

const payByHand = ({ post }: World['as']['finance'], { id, merchantId, number, openMinor }: Bill) =>
  post('/payments', {
    ...{ merchantId, amountMinor: openMinor, valueDate: daysAgo(5), remittance: number },
    allocations: [{ invoiceId: id, amountMinor: openMinor }],
  });

async function creditPart({ get, post }: World['as']['finance'], { id }: Bill): Promise<string> {
  const { number, lines } = await get<Bill>(`/invoices/${id}`);
  const line = lines.toSorted((a, b) => b.netMinor - a.netMinor)[0]!;
  await post(`/invoices/${id}/credit`, {
    reason: 'Zwölf Pakete sind wegen eines Fehlers bei uns einen Tag später abgeholt worden.',
    lines: [{ lineId: line.id, netMinor: Math.ceil(line.netMinor / 10) }],
  });
  return number;
}

const daysAgo = (days: number): string => dayBefore(new Date(), days);

/** One pays two bills together, one forgets the number, one pays too little: a day at a bank. */
function statementOf(bills: readonly Bill[]) {
  const [first, second, third, ...rest] = bills;
  const entries = [
    ...rest.map((bill) => ({ ...bill, text: `Rechnung ${bill.number}`, minor: bill.openMinor })),
    ...(first ? [{ ...first, text: 'Rechnung Fulfillment', minor: first.openMinor }] : []),
    ...(second ? [{ ...second, text: `${second.number} abzgl. Skonto`, minor: second.openMinor - 500 }] : []),
    ...(third ? [{ ...third, text: `${third.number} vielen Dank`, minor: third.openMinor }] : []),
  ];
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>DEMO-1</MsgId><CreDtTm>${daysAgo(1)}T06:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>DEMO-${daysAgo(1)}</Id><CreDtTm>${daysAgo(1)}T06:00:00Z</CreDtTm><Acct><Id><IBAN>${HOUSE_IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>
${entries.map(entryXml).join('\n')}
</Stmt></BkToCstmrStmt></Document>
`;
  return { bytes: Buffer.from(xml), name: `kontoauszug-${daysAgo(1)}.xml`, type: 'application/xml' };
}

function entryXml({ merchantName, text, minor }: { merchantName: string; text: string; minor: number }, index: number) {
  return `<Ntry><Amt Ccy="EUR">${(minor / 100).toFixed(2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${daysAgo(1)}</Dt></BookgDt><ValDt><Dt>${daysAgo(1)}</Dt></ValDt><AcctSvcrRef>DEMO-${index + 1}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>${escaped(merchantName)}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
