import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { MessageMode, SettingKind } from '../../../shared/protocol/notifications/template-actions.ts';
import { modeOf } from '../domain/message-modes.ts';

/** What was said about a kind of mail, for one merchant or for the house. */
export interface Setting {
  merchantId: string | null;
  kind: SettingKind;
  mode: MessageMode | null;
  version: number;
}

const COLUMNS = sql`merchant_id as "merchantId", kind, mode, version`;

/** What the house says, and what is said for some merchants. */
export async function settingsOf(em: EntityManager, merchantIds: readonly string[]): Promise<Setting[]> {
  return rows<Setting>(
    em,
    sql<Setting>`select ${COLUMNS} from message_setting
        where merchant_id is null or merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
}

/** The mode in force for one kind, per merchant. */
export async function modesInForce(
  em: EntityManager,
  kind: SettingKind,
  merchantIds: readonly string[],
): Promise<Map<string, MessageMode>> {
  const settings = (await settingsOf(em, merchantIds)).filter((setting) => setting.kind === kind);
  const said = (merchantId: string | null) =>
    settings.find((setting) => setting.merchantId === merchantId)?.mode ?? null;
  return new Map(merchantIds.map((merchantId) => [merchantId, modeOf(kind, said(null), said(merchantId))]));
}

export async function findSetting(
  em: EntityManager,
  merchantId: string | null,
  kind: SettingKind,
): Promise<Setting | undefined> {
  return firstRow<Setting>(
    em,
    sql<Setting>`select ${COLUMNS} from message_setting where merchant_id is not distinct from ${merchantId} and kind = ${kind}`,
  );
}

export async function saveSetting(
  em: EntityManager,
  { merchantId, kind, mode }: Pick<Setting, 'merchantId' | 'kind' | 'mode'>,
  now: Date,
): Promise<Setting> {
  const at = now.toISOString();
  const saved = await firstRow<Setting>(
    em,
    sql<Setting>`insert into message_setting as s (id, merchant_id, kind, mode, version, created_at, updated_at)
        values (${uuidv7(now)}, ${merchantId}, ${kind}, ${mode}, 1, ${at}, ${at})
        on conflict (merchant_id, kind) do update set mode = excluded.mode, version = s.version + 1, updated_at = excluded.updated_at
        returning ${COLUMNS}`,
  );
  return saved!;
}
