import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { LetterView } from '../../../shared/protocol/notifications/actions.ts';
import { ROW_COLUMNS, type MessageRow } from './messages.ts';

/** What a person wrote. */
export interface StoredLetter {
  id: string;
  merchantId: string;
  audience: 'merchant' | 'consumer';
  aboutType: LetterView['about']['type'];
  aboutId: string;
  language: 'de' | 'en';
  subject: string;
  body: string;
  writtenBy: string;
  contentHash: string;
  createdAt: string;
}

/** @returns false when there is one with this id already */
export async function insertLetter(em: EntityManager, letter: StoredLetter): Promise<boolean> {
  const { id, merchantId, audience, aboutType, aboutId, language, subject, body, writtenBy, contentHash } = letter;
  const made = await affected(
    em,
    sql`insert into letter (id, merchant_id, audience, about_type, about_id, language, subject, body, written_by, content_hash, created_at)
        values (${id}, ${merchantId}, ${audience}, ${aboutType}, ${aboutId}, ${language}, ${subject}, ${body}, ${writtenBy},
          ${contentHash}, ${letter.createdAt})
        on conflict (id) do nothing`,
  );
  return made === 1;
}

export async function findLetter(em: EntityManager, id: string): Promise<StoredLetter | undefined> {
  return firstRow<StoredLetter>(
    em,
    sql<StoredLetter>`select id, merchant_id as "merchantId", audience, about_type as "aboutType", about_id as "aboutId", language,
          subject, body, written_by as "writtenBy", content_hash as "contentHash", created_at as "createdAt"
        from letter where id = ${id}`,
  );
}

export async function messagesOfLetter(em: EntityManager, { id, merchantId }: StoredLetter): Promise<MessageRow[]> {
  return rows<MessageRow>(
    em,
    sql<MessageRow>`select ${ROW_COLUMNS} from message m where m.merchant_id = ${merchantId} and m.letter_id = ${id} and m.repeats_id is null order by m.recipient`,
  );
}
