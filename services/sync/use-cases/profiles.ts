import { InvalidInput, invalidField, NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import { fieldErrors } from '../../../shared/moleculer/actions.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { readCursor, toPage } from '../../../shared/persistence/page.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../shared/protocol/audit-actions.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { syncActions } from '../../../shared/protocol/sync/actions.ts';
import type { ProfileView } from '../../../shared/protocol/sync/views.ts';
import { mappingProfile, type MappingProfile } from '../domain/mapping-profile.ts';
import {
  findProfile,
  findProfileForUpdate,
  insertProfile,
  listProfileRows,
  profileView,
  updateProfile,
} from '../persistence/profiles.ts';
import type { SyncDeps } from '../sync.deps.ts';
import { assertStaff } from './staff-only.ts';

/** Channel and carrier of an order have at most this many characters. */
const MOST_CHARACTERS = 40;

export async function listProfiles(
  deps: SyncDeps,
  { limit, cursor }: InputOf<typeof syncActions.listProfiles>,
  actor: Actor,
): Promise<OutputOf<typeof syncActions.listProfiles>> {
  assertStaff(actor);
  const [after = ''] = readCursor(cursor, 1) ?? [];
  if (!/^[a-z0-9-]*$/.test(after))
    throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from a list');
  const found = await read(deps, actor, (em) => listProfileRows(em, after, limit + 1));
  return toPage(found, limit, ({ name }) => [name], profileView);
}

/** @throws InvalidInput with the paths below `profile`; RuleViolation when the name is taken by another profile */
export async function createProfile(
  deps: SyncDeps,
  input: InputOf<typeof syncActions.createProfile>,
  actor: Actor,
): Promise<ProfileView> {
  const profile = checked(input.profile);
  return transact(deps, actor, async (em, _announce, audit) => {
    const created = await insertProfile(em, profile, deps.now());
    if (!created) {
      const existing = await findProfile(em, profile.name);
      if (existing && sameProfile(existing.profile, profile)) return asRepeated(profileView(existing));
      throw new RuleViolation('PROFILE_EXISTS', 'There is another mapping profile of this name');
    }
    audit({ ...entry('mapping-profile.created', profile), after: profile });
    return profileView(created);
  });
}

/** @throws NotFound, InvalidInput with the paths below `profile` */
export async function replaceProfile(
  deps: SyncDeps,
  input: InputOf<typeof syncActions.replaceProfile>,
  actor: Actor,
): Promise<ProfileView> {
  const profile = checked(input.profile);
  if (profile.name !== input.name)
    throw invalidField('profile.name', 'NAME_DIFFERS', 'A mapping profile keeps its name');
  return transact(deps, actor, async (em, _announce, audit) => {
    const before = await findProfileForUpdate(em, input.name);
    if (!before) throw new NotFound('mapping profile');
    assertVersion(actor, before.version);
    if (sameProfile(before.profile, profile)) return profileView(before);
    audit({ ...entry('mapping-profile.changed', profile), before: before.profile, after: profile });
    return profileView(await updateProfile(em, profile, deps.now()));
  });
}

const entry = (action: AuditAction, { name }: MappingProfile) => ({
  action,
  entity: 'mapping-profile',
  entityId: uuidOf('mapping-profile', name),
  merchantId: null,
});

function checked(input: Record<string, unknown>): MappingProfile {
  const parsed = mappingProfile.safeParse(input);
  if (!parsed.success)
    throw new InvalidInput(
      parsed.error.issues.flatMap(fieldErrors).map((error) => ({ ...error, path: `profile.${error.path}` })),
    );
  const profile = parsed.data;
  const tooLong = (path: string) => invalidField(path, 'TOO_BIG', `Must have at most ${MOST_CHARACTERS} characters`);
  if (profile.channel.length > MOST_CHARACTERS) throw tooLong('profile.channel');
  if (profile.constants.carrier.length > MOST_CHARACTERS) throw tooLong('profile.constants.carrier');
  return profile;
}

/** The database gives the keys back in another order. */
const sameProfile = (one: MappingProfile, other: MappingProfile): boolean => sorted(one) === sorted(other);

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
