import { expect, test } from '@jest/globals';
import { changeReturn } from '../../../services/returns/use-cases/change-return.ts';
import { verifyPath } from '../../../shared/links/path.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { inputOf, LINK_KEY, newId, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const DAY_MS = 86_400_000;

const withKey = (actor: Actor): Actor => ({
  ...actor,
  idempotency: { key: newId(), action: 'returns.changeReturn', requestHash: 'the same' },
});

/** Whether the gateway lets whoever has the link read the photo now. */
function leads(link: string): boolean {
  const { pathname, searchParams } = new URL(link, 'https://kontor.example');
  try {
    const query = { expires: searchParams.get('expires')!, signature: searchParams.get('signature')! };
    verifyPath(LINK_KEY, pathname, query, fixture.clock.now);
    return true;
  } catch {
    return false;
  }
}

test('a repeated request is answered with links that lead to the photos, however late it comes', async () => {
  const parcel = await desk.readyToComplete(await fixture.merchant());
  const actor = withKey(worker);
  const ended = parcel.photos[0]!.links.web;
  const input = inputOf(returnsActions.changeReturn, { id: parcel.id, note: `See ${ended}` });
  const first = await changeReturn(fixture.deps, input, actor);
  fixture.clock.now = new Date(fixture.clock.now.getTime() + DAY_MS);
  expect(Object.values(first.photos[0]!.links).map(leads)).toEqual([false, false, false]);
  const again = await changeReturn(fixture.deps, input, actor);
  expect(Object.values(again.photos[0]!.links).map(leads)).toEqual([true, true, true]);
  // all else is the answer of then, and what somebody wrote into a note is not made good
  const without = ({ photos, ...rest }: typeof again) => ({ ...rest, photos: photos.map(({ id }) => id) });
  expect(without(again)).toEqual(without(first));
  expect(leads(ended)).toBe(false);
  const changes = `select 1 from messaging.audit_entry where entity_id = $1 and action = 'return.changed'`;
  expect(await database.query(changes, [parcel.id])).toHaveLength(1);
});

test('a repeated request gets no new links to photos that its user may not see any more', async () => {
  const parcel = await desk.readyToComplete(await fixture.merchant());
  const actor = withKey(worker);
  const input = inputOf(returnsActions.changeReturn, { id: parcel.id, note: 'Later another merchant’s' });
  const first = await changeReturn(fixture.deps, input, actor);
  fixture.clock.now = new Date(fixture.clock.now.getTime() + DAY_MS);
  const again = await changeReturn(fixture.deps, input, { ...actor, scope: [await fixture.merchant()] });
  expect(again.photos[0]!.links).toEqual(first.photos[0]!.links);
  expect(Object.values(again.photos[0]!.links).map(leads)).toEqual([false, false, false]);
});
