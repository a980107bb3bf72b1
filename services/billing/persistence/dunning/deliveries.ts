import type { z } from 'zod';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { messageDeliveredV1 } from '../../../../shared/protocol/notifications/events.ts';

/**
 * Keeps the latest of each mail of a letter, as `keepDeliveries` does for those of invoices; what it means for the letter
 * is asked when somebody looks. In the order of the mails, so that two who keep the same ones do not wait for each other.
 */
export async function keepLetterDeliveries(
  em: EntityManager,
  about: readonly z.output<typeof messageDeliveredV1.payload>[],
): Promise<void> {
  if (!about.length) return;
  const given = about.map(({ messageId, documentId, resends, outcome, at }) => ({
    ...{ message_id: messageId, letter_id: documentId, resends, outcome, outcome_at: at },
  }));
  await rows(
    em,
    sql`insert into dunning_delivery as kept (message_id, letter_id, merchant_id, resends, outcome, outcome_at)
        select distinct on (g.message_id) g.message_id, g.letter_id, l.merchant_id, g.resends, g.outcome, g.outcome_at
        from jsonb_populate_recordset(null::dunning_delivery, ${JSON.stringify(given)}::jsonb) g join dunning_letter l on l.id = g.letter_id
        order by g.message_id, g.resends desc, g.outcome, g.outcome_at
        on conflict (message_id) do update set resends = excluded.resends, outcome = excluded.outcome, outcome_at = excluded.outcome_at
        where excluded.resends > kept.resends or (excluded.resends = kept.resends and excluded.outcome = 'bounced')`,
  );
}
