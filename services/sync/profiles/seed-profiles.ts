import { readFileSync } from 'node:fs';
import type { TransactDeps } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { mappingProfile, type MappingProfile } from '../domain/mapping-profile.ts';
import { insertProfile } from '../persistence/profiles.ts';

const BUILT_IN = ['online-retail'];

/** Adds the profiles that come with the product. One that an administrator changed stays changed. */
export async function seedProfiles({ orm, now }: Pick<TransactDeps, 'orm' | 'now'>): Promise<void> {
  const profiles = BUILT_IN.map(builtIn);
  await inTransaction(orm, 'staff', async (em) => {
    for (const profile of profiles) await insertProfile(em, profile, now());
  });
}

function builtIn(name: string): MappingProfile {
  return mappingProfile.parse(JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')));
}
