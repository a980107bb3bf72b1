import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ProfileView } from '../../../shared/protocol/sync/views.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';

export interface ProfileRow {
  name: string;
  version: number;
  profile: MappingProfile;
  updatedAt: string;
}

const COLUMNS = sql`name, version, profile, updated_at as "updatedAt"`;

/** @returns `undefined` when the name is taken */
export async function insertProfile(
  em: EntityManager,
  profile: MappingProfile,
  now: Date,
): Promise<ProfileRow | undefined> {
  const at = now.toISOString();
  return firstRow<ProfileRow>(
    em,
    sql<ProfileRow>`insert into mapping_profile (name, profile, created_at, updated_at)
        values (${profile.name}, ${JSON.stringify(profile)}::jsonb, ${at}, ${at})
        on conflict (name) do nothing returning ${COLUMNS}`,
  );
}

export async function findProfile(em: EntityManager, name: string): Promise<ProfileRow | undefined> {
  return firstRow<ProfileRow>(em, sql<ProfileRow>`select ${COLUMNS} from mapping_profile where name = ${name}`);
}

export async function findProfileForUpdate(em: EntityManager, name: string): Promise<ProfileRow | undefined> {
  return firstRow<ProfileRow>(
    em,
    sql<ProfileRow>`select ${COLUMNS} from mapping_profile where name = ${name} for update`,
  );
}

export async function listProfileRows(em: EntityManager, after: string, limit: number): Promise<ProfileRow[]> {
  return rows<ProfileRow>(
    em,
    sql<ProfileRow>`select ${COLUMNS} from mapping_profile where name > ${after} order by name limit ${limit}`,
  );
}

export async function updateProfile(em: EntityManager, profile: MappingProfile, now: Date): Promise<ProfileRow> {
  const [row] = await rows<ProfileRow>(
    em,
    sql<ProfileRow>`update mapping_profile set profile = ${JSON.stringify(profile)}::jsonb, version = version + 1,
          updated_at = ${now.toISOString()} where name = ${profile.name} returning ${COLUMNS}`,
  );
  return row!;
}

export const profileView = ({ updatedAt, profile, ...row }: ProfileRow): ProfileView => ({
  ...row,
  profile: profile as unknown as Record<string, unknown>,
  updatedAt: new Date(updatedAt).toISOString(),
});
