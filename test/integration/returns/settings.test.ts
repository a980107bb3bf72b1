import { expect, test } from '@jest/globals';
import {
  getChecklists,
  getPhrases,
  getReturnSettings,
  putChecklists,
  putPhrases,
} from '../../../services/returns/use-cases/return-settings.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnSettings } from '../../../shared/protocol/returns/settings-actions.ts';
import { countRows, inputOf, newId, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture } = returnsWorld();

const lead = { ...worker, roles: ['lead' as const] };
const settings = async (merchantId: string, actor = worker) =>
  (await getReturnSettings(fixture.deps, { merchantId }, actor)) as ReturnSettings;
const phrase = (id: string) => ({ id, de: `Befund ${id}`, en: `Finding ${id}` });
const question = {
  code: 'sealed',
  de: 'Ist die Hygienefolie unversehrt?',
  en: 'Is the hygiene seal intact?',
  kind: 'yesNo' as const,
  options: [
    { code: 'yes', de: 'Ja', en: 'Yes' },
    { code: 'no', de: 'Nein', en: 'No', grade: 'D' as const },
  ],
};

test('B6 phrases come from the product, then from the house, then from the merchant', async () => {
  const [own, other] = [await fixture.merchant(), await fixture.merchant()];
  const shipped = (await settings(own)).phrases;
  expect(shipped.length).toBeGreaterThanOrEqual(8);
  for (const { de, en } of shipped) expect([de.length > 5, en.length > 5, de === en]).toEqual([true, true, false]);
  await putPhrases(fixture.deps, { phrases: [phrase('house')] }, lead);
  await putPhrases(fixture.deps, { merchantId: own, phrases: [phrase('own')] }, lead);
  expect((await settings(own)).phrases).toEqual([phrase('own')]);
  expect((await settings(other)).phrases).toEqual([phrase('house')]);
  await putPhrases(fixture.deps, { merchantId: own, phrases: [] }, lead);
  expect((await settings(own)).phrases).toEqual([phrase('house')]);
  await putPhrases(fixture.deps, { phrases: [] }, lead);
  expect((await settings(own)).phrases).toEqual(shipped);
  const [{ reason: _, ...entry } = {}] = await database.query(
    `select action, actor_id, after from messaging.audit_entry where entity_id = $1 order by at limit 1`,
    [own],
  );
  expect(entry).toEqual({ action: 'return-phrase.changed', actor_id: worker.id, after: [phrase('own')] });
});

test('B7 the checklist of a merchant takes the place of that of the house for the same articles only', async () => {
  const merchantId = await fixture.merchant();
  const checklist = (id: string, articleGroup: string | null) => ({ id, articleGroup, questions: [question] });
  await putChecklists(fixture.deps, { checklists: [checklist('h1', null), checklist('h2', 'underwear')] }, lead);
  await putChecklists(fixture.deps, { merchantId, checklists: [checklist('m2', 'underwear')] }, lead);
  expect((await settings(merchantId)).checklists.map(({ id }) => id)).toEqual(['m2', 'h1']);
  expect(await getChecklists(fixture.deps, { merchantId }, worker)).toMatchObject({
    version: 1,
    checklists: [{ id: 'm2' }],
  });
  const wrong = { ...question, options: [question.options[0]!, { ...question.options[1]!, code: 'maybe' }] };
  for (const [checklists, path] of [
    [[checklist('a', 'x'), checklist('b', 'x')], 'checklists.1.articleGroup'],
    [[{ ...checklist('a', 'x'), questions: [wrong] }], 'checklists.0.questions.0.options'],
    [[{ ...checklist('a', 'x'), questions: [question, question] }], 'checklists.0.questions.1.code'],
  ] as const)
    await expect(
      putChecklists(
        fixture.deps,
        inputOf(actions.putChecklists, { merchantId, checklists: [...checklists] as never }),
        lead,
      ),
    ).rejects.toMatchObject({ code: 422, data: { errors: [{ path }] } });
  expect((await getChecklists(fixture.deps, { merchantId }, worker)).version).toBe(1);
});

test('of two who change the same list one is told that it is stale, also when it is the first', async () => {
  const merchantId = await fixture.merchant();
  const put = (id: string, ifMatch: number) =>
    putPhrases(fixture.deps, { merchantId, phrases: [phrase(id)] }, { ...lead, ifMatch });
  const twins = await Promise.allSettled([put('a', 0), put('b', 0)]);
  expect(twins.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(put('c', 0)).rejects.toMatchObject({ code: 412 });
  expect(await put('d', 1)).toMatchObject({ version: 2 });
  expect(await getPhrases(fixture.deps, { merchantId }, worker)).toMatchObject({ version: 2, phrases: [{ id: 'd' }] });
});

test('a device gets everything at once; a merchant its own and what the house says', async () => {
  const own = await fixture.merchant({ returnRules: [{ disposition: 'ask' }] });
  const foreign = await fixture.merchant();
  await putPhrases(fixture.deps, { merchantId: foreign, phrases: [phrase('geheim')] }, lead);
  await putPhrases(fixture.deps, { phrases: [phrase('house')] }, lead);
  const all = await getReturnSettings(fixture.deps, {}, worker);
  expect(all).toMatchObject({
    house: { rules: [], policy: { decision: { unknownHours: 48, damagedHours: 720 } } },
    merchants: expect.arrayContaining([
      expect.objectContaining({ merchantId: own, rules: [{ disposition: 'ask' }] }),
      expect.objectContaining({ merchantId: foreign, phrases: [phrase('geheim')] }),
    ]),
  });
  const mine = await getReturnSettings(fixture.deps, {}, userOf(own));
  expect(mine).toMatchObject({ merchants: [{ merchantId: own, phrases: [phrase('house')] }] });
  expect(JSON.stringify(mine)).not.toContain('geheim');
  await expect(settings(foreign, userOf(own))).rejects.toMatchObject({ code: 404 });
  await expect(settings(newId())).rejects.toMatchObject({ code: 404 });
  const unknown = putPhrases(fixture.deps, { merchantId: newId(), phrases: [phrase('x')] }, lead);
  await expect(unknown).rejects.toMatchObject({ code: 404 });
  expect(await countRows(database, 'returns.return_phrase', 'entries::text like $1', ['%"x"%'])).toBe(0);
});

test('C17 the reasons of a return are those of the merchant, else those of the product, by kind', async () => {
  const reasons = [{ code: 'zu-weit', de: 'Zu weit', en: 'Too loose' }];
  const merchantId = await fixture.merchant({
    returnPolicy: { ...(await settings(await fixture.merchant())).policy, reasons },
  });
  expect((await settings(merchantId)).reasons).toEqual(reasons);
  const shipped = (await settings(await fixture.merchant())).reasons;
  for (const kind of ['withdrawal', 'complaint', 'undeliverable', 'exchange'] as const)
    expect(shipped.filter(({ kinds }) => kinds?.includes(kind)).length).toBeGreaterThanOrEqual(3);
});
