import { expect, test } from '@jest/globals';
import i18next from 'i18next';
import { attributeFacts } from '../../../web/src/finance/charges/attribute-facts.ts';
import { finance as german } from '../../../web/src/locales/de/finance.ts';

// its types lead to files of the browser
const ENGLISH: string = '../../../web/src/locales/en/finance.ts';
const { finance: english } = (await import(ENGLISH)) as { finance: typeof german };

const texts = i18next.createInstance();
await texts.init({
  lng: 'de',
  fallbackLng: false,
  resources: { de: { finance: german }, en: { finance: english } },
  defaultNS: 'finance',
  interpolation: { escapeValue: false },
});
const facts = (attributes: object, lng = 'de') =>
  attributeFacts(attributes as Record<string, unknown>, {
    say: (key, values) => (texts.exists(key, { lng }) ? texts.t(key as never, { lng, ...values }) : undefined),
    number: (value) => new Intl.NumberFormat(lng).format(value),
  });

test('X1 a day of storage says its age band, what was counted, how bins counted and what was rebuilt', () => {
  const attributes = {
    ...{ method: 'binDay', measure: 'bin', ageDaysOver: 30, ageDaysUpTo: 90 },
    ...{ emptiedBins: 'free', sharedBins: 'byVolume', reconstructedDays: 1 },
  };
  expect(facts(attributes)).toEqual([
    ['Lagermethode', 'je Fach und Tag'],
    ['Lagerdauer', '31. bis 90. Tag'],
    ['Gezählt', 'Fächer'],
    ['Im Lauf des Tages geleerte Fächer', 'sind an diesem Tag frei'],
    ['Fächer mit Ware mehrerer Händler', 'werden nach Volumen geteilt'],
    ['Nachgebildete Tage', '1'],
  ]);
  expect(facts(attributes, 'en').map(([name]) => name)).toEqual([
    ...['Storage method', 'Time in store', 'Counted'],
    ...['Bins emptied in the course of a day', 'Bins with goods of several merchants', 'Rebuilt days'],
  ]);
});

test.each<[object, [string, string][]]>([
  [{ ageDaysOver: 0, ageDaysUpTo: 30 }, [['Lagerdauer', '1. bis 30. Tag']]],
  [{ ageDaysOver: 90 }, [['Lagerdauer', 'ab dem 91. Tag']]],
  [{ ageDaysOver: 0 }, []],
  [{ reconstructedDays: 0 }, []],
  [{ weightGrams: 800, carrier: null, tags: [] }, [['Gewicht', '0,8 kg']]],
  [
    { grades: ['A', 'B'], tags: ['bin', 'counts'] },
    [
      ['Zustand', 'A, B'],
      ['Warengruppe', 'bin, counts'],
    ],
  ],
])(
  'what an event does not say is left out, and what a house calls something stays as it is: %j',
  (attributes, words) => {
    expect(facts(attributes)).toEqual(words);
  },
);

test.each([
  ['measure', ['bin', 'pallet', 'cubicMetre', 'piece']],
  ['sharedBins', ['whole', 'byVolume', 'firstOwner']],
  ['emptiedBins', ['counts', 'free']],
  [
    'method',
    [
      ...['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'],
      ...['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary'],
    ],
  ],
])('every value of %s has words in both languages', (name, values) => {
  for (const language of ['de', 'en'])
    for (const value of values) expect(facts({ [name]: value }, language)[0]![1]).not.toBe(value);
});
