import { noteDelivery } from '../../services/billing/use-cases/invoices/note-delivery.ts';
import { renderNextLetter } from '../../services/billing/use-cases/dunning/render-letters.ts';
import { uuidOf } from '../../shared/kernel/ids.ts';
import { inTransaction } from '../../shared/persistence/transaction.ts';
import type { BillingWorld } from './billing-world.ts';

export type MailOutcome = readonly [mail: string, resends: number, outcome: 'sent' | 'bounced'];

/** Tells billing, at once, what became now of mails of a letter or an invoice. */
export function tellOfMails(
  { deps }: Pick<BillingWorld, 'deps'>,
  kind: 'dunningNotice' | 'invoiceReady',
  documentId: string,
  ...told: MailOutcome[]
): Promise<void> {
  const events = told.map(([mail, resends, outcome]) => ({
    payload: {
      ...{ kind, messageId: uuidOf(documentId, mail), documentId, resends, outcome },
      at: deps.now().toISOString(),
    },
  }));
  return inTransaction(deps.orm, 'staff', (em) => noteDelivery({ em } as never, events as never));
}

/** Every letter that is still to be drawn is made now. */
export async function lettersDrawn({ deps }: Pick<BillingWorld, 'deps'>): Promise<void> {
  while (await renderNextLetter(deps));
}

/** Every letter that is still to be drawn is made now, and those whose mail nobody told of are taken by the mail server. */
export async function lettersArrive(world: Pick<BillingWorld, 'deps' | 'database'>): Promise<void> {
  await lettersDrawn(world);
  const waiting = await world.database.query<{ id: string }>(
    `select l.id from billing.dunning_letter l where l.state = 'ready'
       and not exists (select 1 from billing.dunning_delivery k where k.letter_id = l.id)`,
  );
  for (const { id } of waiting) await tellOfMails(world, 'dunningNotice', id, ['a', 0, 'sent']);
}
