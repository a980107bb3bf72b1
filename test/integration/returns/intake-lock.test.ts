import { beforeAll, expect, test } from '@jest/globals';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { changeReturn } from '../../../services/returns/use-cases/change-return.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { lockReturn, unlockReturn } from '../../../services/returns/use-cases/lock-return.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { removeFromBatch } from '../../../services/returns/use-cases/remove-from-batch.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { newId, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const [mara, jonas, lead]: Actor[] = [
  { ...worker, id: newId() },
  { ...worker, id: newId() },
  { ...worker, id: newId(), roles: ['lead'] },
] as const;
const NAMES = new Map([
  [mara!.id, 'Mara Klein'],
  [jonas!.id, 'Jonas Weber'],
  [lead!.id, 'Ina Roth'],
]);

const { database, fixture, desk } = returnsWorld();
beforeAll(async () => {
  const { call } = fixture.deps;
  fixture.deps.call = (async (definition: ActionDefinition, input: { ids: string[] }, actor: Actor) =>
    definition.name === 'identity.getPeople'
      ? { people: input.ids.map((id) => ({ id, name: NAMES.get(id)!, house: true })) }
      : call(definition as never, input as never, actor)) as never;
});

const lock = (id: string, actor: Actor, takeOver = false) => lockReturn(fixture.deps, { id, takeOver }, actor);
const note = (id: string, actor: Actor, text: string) => changeReturn(fixture.deps, { id, note: text }, actor);
const later = (minutes: number) => (fixture.clock.now = new Date(fixture.clock.now.getTime() + minutes * 60_000));
const received = async () => {
  const { id } = await desk.create({ merchantId: await fixture.merchant() });
  return receiveReturn(fixture.deps, { id }, mara!);
};

test('A9 a second worker sees who holds the return, and cannot change it until the lock ends by the clock', async () => {
  const { id, version } = await received();
  const held = await lock(id, mara!);
  expect(held).toMatchObject({ version, lock: { userId: mara!.id, name: 'Mara Klein' } });
  expect((await getReturn(fixture.deps, { id }, jonas!)).lock).toMatchObject({ name: 'Mara Klein' });
  await expect(note(id, jonas!, 'mine')).rejects.toMatchObject({
    code: 409,
    type: 'RETURN_LOCKED',
    message: expect.stringContaining(`Mara Klein works on this return until ${held.lock!.expiresAt}`),
    data: { name: 'Mara Klein', expiresAt: held.lock!.expiresAt },
  });
  await expect(lock(id, jonas!)).rejects.toMatchObject({ type: 'RETURN_LOCKED' });
  expect((await getReturn(fixture.deps, { id }, jonas!)).note).toBe('');

  later(9);
  const renewed = await note(id, mara!, 'hers');
  expect(Date.parse(renewed.lock!.expiresAt)).toBeGreaterThan(fixture.clock.now.getTime() + 9 * 60_000);
  later(9);
  await expect(note(id, jonas!, 'mine')).rejects.toMatchObject({ type: 'RETURN_LOCKED' });
  later(2);
  expect((await getReturn(fixture.deps, { id }, jonas!)).lock).toBeNull();
  expect(await note(id, jonas!, 'mine')).toMatchObject({ note: 'mine', lock: null });
});

test('A9 a repetition that changes nothing is answered, whoever holds the return', async () => {
  const { id } = await received();
  const found = { id, itemId: newId(), origin: 'unexpected' as const, name: 'a cup', quantity: 1 };
  await addItem(fixture.deps, found, jonas!);
  await lock(id, mara!);
  expect((await addItem(fixture.deps, found, jonas!)).items).toHaveLength(1);
  await expect(addItem(fixture.deps, { ...found, itemId: newId() }, jonas!)).rejects.toMatchObject({
    type: 'RETURN_LOCKED',
  });
});

test('A9 it is taken over by whoever says so, and by leads anyway; each change of hands is audited, renewals are not', async () => {
  const { id } = await received();
  await lock(id, mara!);
  await lock(id, mara!);
  expect((await lock(id, jonas!, true)).lock).toMatchObject({ name: 'Jonas Weber' });
  await expect(unlockReturn(fixture.deps, { id }, mara!)).rejects.toMatchObject({ type: 'RETURN_LOCKED' });
  expect((await lock(id, lead!)).lock).toMatchObject({ name: 'Ina Roth' });
  expect(await unlockReturn(fixture.deps, { id }, lead!)).toMatchObject({ lock: null });
  expect(await unlockReturn(fixture.deps, { id }, jonas!)).toMatchObject({ lock: null });
  const trail = await database.query<{ action: string; actor_id: string }>(
    `select action, actor_id from messaging.audit_entry where entity_id = $1 and action like '%lock%' order by id`,
    [id],
  );
  expect(trail.map(({ action, actor_id: who }) => [action, NAMES.get(who)])).toEqual([
    ['return.locked', 'Mara Klein'],
    ['return.lock-taken-over', 'Jonas Weber'],
    ['return.lock-taken-over', 'Ina Roth'],
    ['return.unlocked', 'Ina Roth'],
  ]);
});

test('A9 merchants neither see the lock nor wait for it', async () => {
  const merchantId = await fixture.merchant();
  const { id } = await desk.create({ merchantId });
  await lock(id, mara!);
  expect((await getReturn(fixture.deps, { id }, userOf(merchantId))).lock).toBeNull();
  expect(await note(id, userOf(merchantId), 'two parcels')).toMatchObject({ note: 'two parcels', lock: null });
  expect((await getReturn(fixture.deps, { id }, jonas!)).lock).toMatchObject({ name: 'Mara Klein' });
});

test('A9 of ten workers that reach for a return at the same moment one holds it', async () => {
  const { id } = await received();
  const workers = Array.from({ length: 10 }, () => ({ ...worker, id: newId() }));
  workers.forEach((each, index) => NAMES.set(each.id, `Worker ${index}`));
  const answers = await Promise.allSettled(workers.map((each) => lock(id, each)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('A9 what belongs to a return that someone works on stays in its batch', async () => {
  const { id } = await desk.readyToComplete(await fixture.merchant());
  const { id: itemId, rtvBatchId } = (await completeReturn(fixture.deps, { id }, mara!)).items[0]!;
  await lock(id, mara!);
  const remove = (actor: Actor) => removeFromBatch(fixture.deps, { id: rtvBatchId!, itemId }, actor);
  await expect(remove(jonas!)).rejects.toMatchObject({ code: 409, type: 'RETURN_LOCKED' });
  expect(await remove(mara!)).toMatchObject({ pieces: 0 });
});
