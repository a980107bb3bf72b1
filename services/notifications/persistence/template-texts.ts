import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { TemplateKind, TemplateTexts } from '../../../shared/protocol/notifications/template-actions.ts';
import type { Language } from '../../../shared/documents/formats.ts';

/** Texts of one's own for a kind of mail in a language, for one merchant or for the house. */
export interface OwnTexts {
  merchantId: string | null;
  kind: TemplateKind;
  language: Language;
  texts: TemplateTexts;
  version: number;
  updatedAt: string;
}

export interface TextKey {
  merchantId: string | null;
  kind: TemplateKind;
  language: Language;
}

const COLUMNS = sql`merchant_id as "merchantId", kind, language, texts, version, updated_at as "updatedAt"`;

/** What the house wrote, and what was written for some merchants. */
export async function textsOf(em: EntityManager, merchantIds: readonly string[]): Promise<OwnTexts[]> {
  return rows<OwnTexts>(
    em,
    sql<OwnTexts>`select ${COLUMNS} from template_text
        where merchant_id is null or merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
}

/** The texts a merchant is told with: the ones written for it before those of the house. */
export function textsInForce(all: readonly OwnTexts[], { merchantId, kind, language }: TextKey): TemplateTexts {
  const of = (whose: string | null) =>
    all.find((own) => own.merchantId === whose && own.kind === kind && own.language === language)?.texts;
  return { ...of(null), ...(merchantId === null ? {} : of(merchantId)) };
}

export async function findTexts(
  em: EntityManager,
  { merchantId, kind, language }: TextKey,
): Promise<OwnTexts | undefined> {
  return firstRow<OwnTexts>(
    em,
    sql<OwnTexts>`select ${COLUMNS} from template_text
        where merchant_id is not distinct from ${merchantId} and kind = ${kind} and language = ${language}`,
  );
}

/** The row stays when all texts are taken back, so that its version goes on. */
export async function saveTexts(
  em: EntityManager,
  { merchantId, kind, language }: TextKey,
  texts: TemplateTexts,
  now: Date,
): Promise<OwnTexts> {
  const at = now.toISOString();
  const saved = await firstRow<OwnTexts>(
    em,
    sql<OwnTexts>`insert into template_text as t (id, merchant_id, kind, language, texts, version, created_at, updated_at)
        values (${uuidv7(now)}, ${merchantId}, ${kind}, ${language}, ${JSON.stringify(texts)}::jsonb, 1, ${at}, ${at})
        on conflict (merchant_id, kind, language) do update set texts = excluded.texts, version = t.version + 1, updated_at = excluded.updated_at
        returning ${COLUMNS}`,
  );
  return saved!;
}

/** Lets two who change the same thing do it one after the other, also when there is no row yet. */
export async function lockChoice(em: EntityManager, ...key: (string | null)[]): Promise<void> {
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`notifications.choice ${key.join(' ')}`}, 0))`);
}
