import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  changeMessageTemplate,
  resetMessageTemplate,
} from '../../../services/notifications/use-cases/change-message-template.ts';
import { listMessageTemplates } from '../../../services/notifications/use-cases/list-message-templates.ts';
import { previewMessageTemplate } from '../../../services/notifications/use-cases/preview-message-template.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import type { MessageTemplateView } from '../../../shared/protocol/notifications/template-actions.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { inspected, MERCHANT_ID } from '../../support/mail-samples.ts';
import { merchantUser, notificationsFixture, person, type NotificationsFixture } from '../../support/notifications.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
const admin = person('admin');

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  await fixture.arrive({ noticeEmails: ['retouren@muster.example'] });
});
beforeEach(() =>
  database.query('truncate notifications.template_text, notifications.message, messaging.audit_entry cascade'),
);
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const KEY = { kind: 'returnInspected', language: 'de' } as const;
const change = (input: object, actor = admin) =>
  changeMessageTemplate(
    fixture.deps,
    parseInput(notificationsActions.changeMessageTemplate, { ...KEY, ...input }) as never,
    actor,
  );
const list = async (input: { merchantId?: string } = {}) =>
  (await listMessageTemplates(fixture.deps, input, admin)).items;
const subjectOf = ({ slots }: MessageTemplateView) => slots.find(({ name }) => name === 'subject')!;
const inspectedIn = (items: MessageTemplateView[]) =>
  items.find(({ kind, language }) => kind === KEY.kind && language === KEY.language)!;
async function subjects(revision: number): Promise<string[]> {
  await fixture.announce(returnInspectedV1, inspected({ revision }));
  await fixture.consumeAll();
  return (await database.query<{ subject: string }>('select subject from notifications.message order by revision')).map(
    ({ subject }) => subject,
  );
}

test('J12 the list shows every kind in both languages with its texts and what they may name', async () => {
  const items = await list();
  expect(notificationsActions.listMessageTemplates.output.parse({ items })).toEqual({ items });
  expect(items).toHaveLength(28);
  expect(inspectedIn(items)).toMatchObject({ version: 0, merchantId: null, updatedAt: null });
  expect(subjectOf(inspectedIn(items))).toEqual({
    ...{ name: 'subject', maxLength: 150, multiline: false, mandatory: true },
    ...{ standard: 'Retoure {{return.number}} geprüft', override: null },
  });
  expect(inspectedIn(items).placeholders).toContainEqual({ name: 'return.number', sample: 'RT-2026-00042' });
});

test('J12 own texts are told from then on; what is queued stays, and taking them back brings the standard', async () => {
  expect(await subjects(0)).toEqual(['Retoure RT-2026-00042 geprüft']);
  const changed = await change({ texts: { subject: 'Befund {{return.number}}' } });
  expect(changed.version).toBe(1);
  expect(subjectOf(changed)).toMatchObject({ override: 'Befund {{return.number}}' });
  expect(await subjects(1)).toEqual(['Retoure RT-2026-00042 geprüft', 'Befund RT-2026-00042']);
  const reset = await resetMessageTemplate(fixture.deps, KEY, admin);
  expect(reset.version).toBe(2);
  expect(subjectOf(reset).override).toBeNull();
  expect((await subjects(2))[2]).toBe('Retoure RT-2026-00042 geprüft');
  const audits = await database.query(
    `select action, actor_id, before, after from messaging.audit_entry where entity = 'messageTemplate' order by after->>'version'`,
  );
  expect(audits).toMatchObject([
    {
      action: 'message-template.changed',
      actor_id: 'user-7',
      before: {},
      after: { subject: 'Befund {{return.number}}' },
    },
    { before: { subject: 'Befund {{return.number}}' } },
  ]);
});

test('J12 a merchant’s own texts stand above those of the house, slot by slot', async () => {
  await change({ texts: { subject: 'Haus {{return.number}}', closing: 'Gruß vom Haus' } });
  await change({ texts: { subject: 'Eigen {{return.number}}' }, merchantId: MERCHANT_ID });
  expect(await subjects(0)).toEqual(['Eigen RT-2026-00042']);
  const { text } = (await database.query<{ text: string }>('select text from notifications.message'))[0]!;
  expect(text).toContain('Gruß vom Haus');
  expect(subjectOf(inspectedIn(await list({ merchantId: MERCHANT_ID })))).toMatchObject({
    standard: 'Haus {{return.number}}',
    override: 'Eigen {{return.number}}',
  });
  expect(subjectOf(inspectedIn(await list()))).toMatchObject({ override: 'Haus {{return.number}}' });
});

test('J12 an older version is refused, and of two first changes one wins', async () => {
  await change({ texts: { subject: 'a' } }, { ...admin, ifMatch: 0 });
  await expect(change({ texts: { subject: 'b' } }, { ...admin, ifMatch: 0 })).rejects.toMatchObject({ code: 412 });
  await database.query('truncate notifications.template_text');
  const first = { ...admin, ifMatch: 0 };
  const both = await Promise.allSettled([
    change({ texts: { subject: 'a' } }, first),
    change({ texts: { subject: 'b' } }, first),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test.each([
  [{ texts: { subject: '{{return.nummer}}' } }, 'texts.subject', 'UNKNOWN_PLACEHOLDER'],
  [{ texts: { intro: '{{return.number' } }, 'texts.intro', 'UNCLOSED_PLACEHOLDER'],
  [{ texts: { subject: 'a\r\nBcc: evil@example.com' } }, 'texts.subject', 'INVALID_FORMAT'],
  [{ texts: { subject: '' } }, 'texts.subject', 'TOO_SMALL'],
  [{ texts: { subject: 'x'.repeat(151) } }, 'texts.subject', 'TOO_BIG'],
  [{ texts: { html: 'x' } }, 'texts.html', 'UNKNOWN_FIELD'],
  [{ texts: { subject: { $ne: null } } }, 'texts.subject', 'INVALID_TYPE'],
  [{ texts: { correction: 'x' }, kind: 'digest' }, 'texts.correction', 'UNKNOWN_SLOT'],
  [{ texts: {}, kind: 'individual' }, 'kind', 'INVALID_VALUE'],
  [{ texts: {}, kind: '__proto__' }, 'kind', 'INVALID_VALUE'],
])('J12 %j is refused at %s with %s, and nothing is kept', async (input, path, code) => {
  // parsing throws before there is a promise
  await expect(Promise.resolve().then(() => change(input))).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path, code }] },
  });
  expect(await database.query('select 1 from notifications.template_text')).toEqual([]);
});

test('J12 a preview shows unsaved texts with sample data and writes nothing', async () => {
  const texts = { subject: 'Neu: {{return.number}}', intro: '<script>{{return.order}}</script>' };
  const preview = await previewMessageTemplate(fixture.deps, { ...KEY, texts }, admin);
  expect(preview.subject).toBe('Neu: RT-2026-00042');
  expect(preview.html).toContain('&lt;script&gt;536365&lt;/script&gt;');
  expect(preview.html).toContain('src="data:image/svg+xml;base64,');
  expect(preview.html).not.toContain('cid:');
  expect(preview.text).toContain('<script>536365</script>');
  await expect(
    previewMessageTemplate(fixture.deps, { ...KEY, texts: { intro: '{{x}}' } }, admin),
  ).rejects.toMatchObject({ code: 422 });
  for (const table of ['notifications.template_text', 'notifications.message', 'messaging.audit_entry'])
    expect(await database.query(`select 1 from ${table}`)).toEqual([]);
});

test('J12 texts are the house’s affair: a key of a merchant is refused, and its rows are out of sight', async () => {
  await change({ texts: { subject: 'Haus' } });
  const key = { ...merchantUser(MERCHANT_ID), kind: 'apiKey' as const, roles: ['admin' as const] };
  for (const ask of [
    () => listMessageTemplates(fixture.deps, {}, key),
    () => change({ texts: { subject: 'x' } }, key),
    () => resetMessageTemplate(fixture.deps, KEY, key),
    () => previewMessageTemplate(fixture.deps, { ...KEY, texts: {} }, key),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 403 });
  expect(await subjects(0)).toEqual(['Haus']);
});
