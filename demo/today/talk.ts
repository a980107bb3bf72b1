import { idOf, MERCHANT_WITH_LOG_IN } from '../world.ts';
import type { Return, Table } from './table.ts';

/** What people write: notes inside the house, letters to a merchant and to a consumer, what consumers got. */
export async function talk(table: Table, about: Return): Promise<void> {
  const { worker, admin } = table.as;
  const merchantId = idOf(table, MERCHANT_WITH_LOG_IN);
  await worker.post('/notes', {
    ...{ subject: 'return', subjectId: about.id },
    text: 'Karton war außen unversehrt. Bitte beim nächsten Mal die Polsterung der Rahmen prüfen.',
  });
  await admin.post('/notes', {
    ...{ subject: 'merchant', subjectId: merchantId, pinned: true },
    text: 'Frau Vogelsang entscheidet meist am selben Tag. Rückläufer nur mit Luftpolster in die Sammelkiste.',
  });
  await admin.post('/messages', {
    ...{ to: 'merchant', merchantId, about: { type: 'return', id: about.id } },
    subject: `Rahmen der Retoure ${about.number}`,
    body: 'Guten Tag Frau Vogelsang,\n\nwir hätten passendes Ersatzglas hier. Sollen wir den Rahmen für 4,50 € aufarbeiten statt zurücksenden? Eine kurze Entscheidung im Portal genügt.\n\nViele Grüße\nInga Petersen',
  });
  await admin.post('/messages', {
    ...{ to: 'consumer', merchantId, about: { type: 'return', id: about.id } },
    subject: 'Ihre Rücksendung ist angekommen',
    body: 'Guten Tag,\n\nIhre Rücksendung ist bei uns angekommen und geprüft. Über die Erstattung informiert Sie der Händler.\n\nNordlager Fulfillment',
  });
}

/** The merchant tells what its customers get. */
export async function tellOutcomes({ as }: Table, returns: Return[]): Promise<void> {
  const OUTCOMES = [
    { outcome: 'refund', amountMinor: 6_980, note: 'Voll erstattet' },
    { outcome: 'credit', amountMinor: 2_500, note: 'Teilerstattung, Kundin behält den Rest' },
    { outcome: 'exchange', note: 'Ersatz ist unterwegs' },
  ];
  for (const [index, outcome] of OUTCOMES.entries())
    if (returns[index]) await as.merchant.post(`/returns/${returns[index].id}/outcome`, outcome);
}
