import { expect, test } from '@jest/globals';
import { AUDIT_ACTIONS } from '../../../shared/protocol/audit-actions.ts';
import { adminAudit as german } from '../../../web/src/locales/de/admin-audit.ts';
import { adminAudit as english } from '../../../web/src/locales/en/admin-audit.ts';

const wordOf = (texts: object, action: string): unknown =>
  action.split('.').reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], texts);

test.each([
  ['German', german.audit],
  ['English', english.audit],
])('K11 every action of the audit trail has words in %s', (_language, texts) => {
  expect(AUDIT_ACTIONS.length).toBeGreaterThan(100);
  expect(AUDIT_ACTIONS.filter((action) => typeof wordOf(texts, action) !== 'string')).toEqual([]);
});

test('K11 no action is listed twice', () => {
  expect(AUDIT_ACTIONS.filter((action, index) => AUDIT_ACTIONS.indexOf(action) !== index)).toEqual([]);
});
