import { openOrm } from '../../shared/persistence/orm.ts';
import type { Actor } from '../../shared/protocol/actor.ts';
import { identityActions } from '../../shared/protocol/identity/actions.ts';
import { IDENTITY_ENTITIES, type IdentityDeps } from '../../services/identity/identity.deps.ts';
import { createPasswords } from '../../services/identity/passwords.ts';
import { createUser } from '../../services/identity/use-cases/create-user.ts';
import type { TestDatabase } from './database.ts';

export interface IdentityTest {
  deps: IdentityDeps;
  /** Ids whose changed access was told. */
  told: string[];
  /** Moves the system's clock. */
  pass: (ms: number) => void;
}

/** Dependencies with a cheap hash and a clock by hand. Merchants are those whose id ends in `a`. */
export async function identityTest(database: TestDatabase): Promise<IdentityTest> {
  let nowMs = Date.parse('2026-10-15T10:00:00Z');
  const told: string[] = [];
  const deps: IdentityDeps = {
    service: 'identity',
    orm: await openOrm({ service: 'identity', url: database.url, entities: IDENTITY_ENTITIES, poolSize: 8 }),
    now: () => new Date(nowMs),
    securityNow: () => new Date(nowMs),
    wake: () => undefined,
    accessTokenKey: new Uint8Array(32).fill(7),
    passwords: await createPasswords({ memoryCost: 1_024, timeCost: 1, parallelism: 1 }),
    accessChanged: (id) => void told.push(id),
    unknownMerchants: (ids) => Promise.resolve(ids.filter((id) => !id.endsWith('a'))),
  };
  return { deps, told, pass: (ms) => (nowMs += ms) };
}

export const MERCHANT_ONE = '0199e000-0000-7000-8000-00000000001a';
export const MERCHANT_TWO = '0199e000-0000-7000-8000-00000000002a';
export const PASSWORD = 'correct horse battery';

export const anonymous: Actor = { kind: 'anonymous', id: 'anonymous', roles: [], scope: [], requestId: 'request-1' };
export const chief: Actor = {
  kind: 'user',
  id: '0199e000-0000-7000-8000-0000000000c1',
  roles: ['admin'],
  scope: 'staff',
  requestId: 'request-2',
};

let counter = 0;

/** Creates a user through the schema of the action. */
export const newUser = (deps: IdentityDeps, overrides: Record<string, unknown> = {}) =>
  createUser(
    deps,
    identityActions.createUser.body.parse({
      email: `user${(counter += 1)}@example.com`,
      displayName: 'Jo Beispiel',
      roles: ['worker'],
      password: PASSWORD,
      ...overrides,
    }),
    chief,
  );
