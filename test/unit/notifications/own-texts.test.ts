import { expect, test } from '@jest/globals';
import { fill, placeholdersOf } from '../../../services/notifications/templates/fill.ts';
import { letterOf, LETTERS } from '../../../services/notifications/templates/index.ts';
import { faultsOf, placeholdersIn, sampleReader } from '../../../services/notifications/templates/own-texts.ts';
import { renderLetter } from '../../../services/notifications/templates/render.ts';
import { slotRule } from '../../../services/notifications/templates/slots.ts';
import type { TemplateKind, TemplateTexts } from '../../../shared/protocol/notifications/template-actions.ts';
import { ends } from '../../support/ends.ts';
import { desk, inspected } from '../../support/mail-samples.ts';

const ZONE = 'Europe/Berlin';
const faults = (texts: TemplateTexts, kind: TemplateKind = 'returnInspected') =>
  faultsOf(letterOf(kind), 'de', ZONE, texts).map(({ path, code }) => `${path} ${code}`);
const written = (texts: TemplateTexts, payload = inspected(), name = 'Muster GmbH') => {
  const reader = { name, number: '851', language: 'de' as const };
  const letter = letterOf('returnInspected').write(payload, reader, desk({ texts }));
  return renderLetter(letter, reader, 'Kontor');
};

const CASES = LETTERS.flatMap(({ kind }) => (['de', 'en'] as const).map((language) => [kind, language] as const));
test.each(CASES)('J12 %s in %s: every standard text keeps to its own rules and names what it may', (kind, language) => {
  const letter = letterOf(kind);
  const slots = letter.slots[language];
  expect(faultsOf(letter, language, ZONE, slots)).toEqual([]);
  for (const [name, text] of Object.entries(slots))
    expect(text.length).toBeLessThanOrEqual(slotRule(name as keyof TemplateTexts).maxLength);
  for (const [name, value] of placeholdersIn(letter, language, ZONE)) {
    expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
    expect([name, value.trim()]).not.toEqual([name, '']);
  }
  const reader = sampleReader(language);
  const { html, text } = renderLetter(letter.write(letter.sample(language), reader, desk()), reader, 'Kontor');
  expect(html + text).not.toMatch(/\{\{|undefined|NaN|\[object/);
});

test('J12 a placeholder that nothing stands for, or that is not closed, is refused with its field', () => {
  expect(faults({ subject: 'Retoure {{return.nummer}}' })).toEqual(['texts.subject UNKNOWN_PLACEHOLDER']);
  expect(faults({ intro: 'x {{return.number' })).toEqual(['texts.intro UNCLOSED_PLACEHOLDER']);
  expect(faults({ closing: '}}' })).toEqual(['texts.closing UNCLOSED_PLACEHOLDER']);
  expect(faults({ heading: '{{constructor.name}}' })).toEqual(['texts.heading UNKNOWN_PLACEHOLDER']);
  expect(faults({ heading: '{{__proto__}}' })).toEqual(['texts.heading UNKNOWN_PLACEHOLDER']);
  expect(faults({ heading: '{{return}}' })).toEqual(['texts.heading UNKNOWN_PLACEHOLDER']);
  expect(faults({ heading: '{{}}' })).toEqual(['texts.heading UNKNOWN_PLACEHOLDER']);
  expect(faults({ subject: ' \u202E ' })).toEqual(['texts.subject BLANK']);
  expect(faults({ correction: 'x' }, 'invoiceReady')).toEqual(['texts.correction UNKNOWN_SLOT']);
  expect(faults({ subject: '{{ return.number }} für {{merchant.name}}', closing: '' })).toEqual([]);
});

test('J12 own texts stand in the mail; what they do not name is as it was, and an empty one is left out', () => {
  const mail = written({ subject: 'Neu: {{return.number}}', greeting: 'Hallo {{merchant.name}},', preheader: '' });
  expect(mail.subject).toBe('Neu: RT-2026-00042');
  expect(mail.text).toContain('Hallo Muster GmbH,\n\nwir haben die Retoure RT-2026-00042');
  expect(mail.text).not.toContain('Guten Tag');
  expect(written({ closing: '' }).text).not.toContain('nächste Sammelrücksendung.');
});

test('J12 own texts and values are escaped, never run and never break a header (security 91, 95)', () => {
  const evil = '<script>{{merchant.number}}</script>\r\nBcc: evil@example.com';
  const mail = written(
    { intro: '<b>{{return.number}}</b>', subject: '{{merchant.name}} {{return.order}}' },
    inspected(),
    evil,
  );
  expect(mail.html).toContain('&lt;b&gt;RT-2026-00042&lt;/b&gt;');
  expect(mail.html).not.toMatch(/<script|<b>/);
  expect(mail.subject).toBe('<script>{{merchant.number}}</script> Bcc: evil@example.com 536365');
});

test('J12 an own text that names what is no longer there gives way to the standard text', () =>
  expect(written({ subject: '{{return.gone}}' }).subject).toBe('Retoure RT-2026-00042 geprüft'));

test.each(['{{', '{{a', '{', '{{{', '}}', '{{}}', '{{a}', '{ {'])(
  'J12 a long row of %j is read in time that grows with its length only',
  (part) => {
    const text = part.repeat(1_000_000 / part.length);
    expect(() => ends(() => placeholdersOf(text))).not.toThrow();
    const filled = ends(() => {
      try {
        return fill(text, { a: 'b' });
      } catch (error) {
        return error;
      }
    });
    expect(typeof filled === 'string' || filled instanceof Error).toBe(true);
  },
);
