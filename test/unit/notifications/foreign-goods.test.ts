import { expect, test } from '@jest/globals';
import { letterOf } from '../../../services/notifications/templates/index.ts';
import { renderLetter } from '../../../services/notifications/templates/render.ts';
import type { Reader } from '../../../services/notifications/templates/template.ts';
import type { TemplateKind } from '../../../shared/protocol/notifications/template-actions.ts';
import { desk, dispatched, inspected, inspectedItem, received } from '../../support/mail-samples.ts';

const told = {
  sku: null,
  name: '',
  note: '',
  reason: null,
  reasonText: null,
  photos: [],
  serialNumbers: [],
  foreign: true,
};
const parcel = inspected({
  items: [{ ...inspectedItem(), ...told, grade: 'C' as const, disposition: 'hold' as const }],
});
const batch = dispatched();
const KINDS: [TemplateKind, unknown][] = [
  ['returnInspected', parcel],
  [
    'batchDispatched',
    { ...batch, items: batch.items.map((item) => ({ ...item, sku: null, name: '', foreign: true })) },
  ],
  ['digest', { day: '2026-10-14', inspected: [parcel], received: [received()], batches: [], shipped: [] }],
];

test.each(KINDS)('K10 %s calls goods that belong to somebody else what they are, and nothing more', (kind, payload) => {
  for (const [language, words] of [
    ['de', 'Ware, die nicht Ihnen gehört'],
    ['en', 'Goods that are not yours'],
  ] as const) {
    const reader: Reader = { name: 'Muster GmbH', number: '851', language };
    const { html, text } = renderLetter(letterOf(kind).write(payload, reader, desk()), reader, 'Kontor');
    for (const shown of [html, text]) {
      expect(shown).toContain(words);
      expect(shown).not.toMatch(/Stark gebraucht|Heavily used|Unbekannter Artikel|Unknown item|undefined/);
    }
  }
});
