import type { Invariant } from './invariant.ts';

const IMPOSSIBLE = { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' };

/** Returns, their goods and the batches that go back to merchants. */
export const RETURNS_INVARIANTS = [
  {
    id: 'I17.place',
    by: 'returns.return_item return_item_in_batch',
    title: { de: 'Ware liegt in einer Rücksendung oder nicht', en: 'Goods are in a batch or they are not' },
    meaning: { de: 'Ein Stück läge an zwei Orten oder an keinem.', en: 'A piece would be in two places or in none.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I17.batch',
    title: {
      de: 'Ware ist da, wo ihre Rücksendung ist',
      en: 'Goods are where their batch is',
    },
    meaning: {
      de: 'Die Rücksendung ist fort, die Ware gilt als im Haus, oder umgekehrt.',
      en: 'The batch has left while its goods count as in the house, or the other way round.',
    },
    remedy: {
      de: 'Rücksendung unter Lager öffnen und mit dem Regal vergleichen.',
      en: 'Open the batch under Warehouse and compare it with the shelf.',
    },
  },
  {
    id: 'I18.pieces',
    title: {
      de: 'Verschickte Rücksendungen enthalten, was gemeldet wurde',
      en: 'Dispatched batches hold what was told',
    },
    meaning: {
      de: 'Berechnet und mitgeteilt wurden andere Stückzahlen, als in der Rücksendung stehen.',
      en: 'Other numbers of pieces were charged and told than the batch holds.',
    },
    remedy: {
      de: 'Packliste der Rücksendung mit der Versandmitteilung vergleichen.',
      en: 'Compare the packing list of the batch with the dispatch notice.',
    },
  },
  {
    id: 'I19.graded',
    title: { de: 'Nach der Prüfung ist kein Stück ungeprüft', en: 'No piece is left over after an inspection' },
    meaning: {
      de: 'Die Prüfung ist abgeschlossen, aber ein Stück wird noch erwartet oder ist ungeprüft.',
      en: 'The inspection is completed, but a piece is still expected or not inspected.',
    },
    remedy: {
      de: 'Retoure unter Lager wieder öffnen und die Prüfung abschließen.',
      en: 'Reopen the return under Warehouse and complete its inspection.',
    },
  },
  {
    id: 'I19.ended',
    title: { de: 'Abgeschlossene Retouren haben nichts Offenes', en: 'Completed returns have nothing open' },
    meaning: {
      de: 'Die Retoure gilt als abgeschlossen, aber ein Stück ist noch unterwegs oder wartet.',
      en: 'The return counts as completed, but a piece is still on its way or waits.',
    },
    remedy: { de: 'Retoure unter Lager öffnen und das Stück suchen.', en: 'Open the return and look for the piece.' },
  },
  {
    id: 'I20.open',
    by: 'returns.rtv_batch rtv_batch_one_open',
    title: { de: 'Eine offene Rücksendung je Händler und Lager', en: 'One open batch per merchant and warehouse' },
    meaning: { de: 'Ware verteilte sich auf zwei Kartons.', en: 'Goods would be spread over two boxes.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I20.state',
    by: 'returns.return return_inspected',
    title: { de: 'Der Stand einer Retoure passt zu ihren Daten', en: "A return's state agrees with its dates" },
    meaning: { de: 'Eine geprüfte Retoure hätte keinen Prüftag.', en: 'An inspected return would have no day of it.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I24.inspected',
    title: { de: 'Jede Prüfung wurde bekannt gegeben', en: 'Every inspection was announced' },
    meaning: {
      de: 'Abrechnung und Händler wissen nichts von der Prüfung.',
      en: 'Billing and the merchant do not know of the inspection.',
    },
    remedy: {
      de: 'Retoure wieder öffnen und die Prüfung noch einmal abschließen.',
      en: 'Reopen the return and complete its inspection once more.',
    },
  },
  {
    id: 'I24.received',
    title: {
      de: 'Jeder unzustellbare Rückläufer wurde bekannt gegeben',
      en: 'Every undeliverable parcel that came back was announced',
    },
    meaning: { de: 'Der Rückläufer würde nie berechnet.', en: 'The parcel would never be billed.' },
    remedy: {
      de: 'Als Sonderauftrag berechnen und mit der Kennung den Hersteller fragen.',
      en: 'Bill it as a special job and ask the vendor with the id.',
    },
  },
  {
    id: 'I24.charged',
    title: {
      de: 'Jede Berichtigung dessen, was eine Retoure kostet, wurde bekannt gegeben',
      en: 'Every correction of what a return costs was announced',
    },
    meaning: {
      de: 'Ware wurde abgetrennt oder neu geprüft, aber die Abrechnung kennt nur den Stand davor.',
      en: 'Goods were split off or inspected anew, but billing knows only what was before.',
    },
    remedy: {
      de: 'Retoure wieder öffnen und die Prüfung noch einmal abschließen.',
      en: 'Reopen the return and complete its inspection once more.',
    },
  },
  {
    id: 'I24.quarantine',
    title: {
      de: 'Jeder gezählte Tag im Sperrlager wurde bekannt gegeben',
      en: 'Every day of quarantine that was counted was announced',
    },
    meaning: { de: 'Der Tag würde nie berechnet.', en: 'The day would never be billed.' },
    remedy: {
      de: 'Als Sonderauftrag berechnen und mit der Kennung den Hersteller fragen.',
      en: 'Bill it as a special job and ask the vendor with the id.',
    },
  },
  {
    id: 'I24.settled',
    title: {
      de: 'Jede Ware, über die erst nach der Prüfung entschieden wurde, wurde bekannt gegeben',
      en: 'All goods decided on after the inspection were announced',
    },
    meaning: {
      de: 'Wiedereinlagern oder Entsorgen würde nie berechnet, und der Bestand stimmt nicht.',
      en: 'Restocking or disposal would never be billed, and the stock is wrong.',
    },
    remedy: {
      de: 'Als Sonderauftrag berechnen und mit der Kennung den Hersteller fragen.',
      en: 'Bill it as a special job and ask the vendor with the id.',
    },
  },
  {
    id: 'I24.dispatched',
    title: {
      de: 'Jeder Versand einer Rücksendung wurde bekannt gegeben',
      en: 'Every dispatch of a batch was announced',
    },
    meaning: {
      de: 'Abrechnung und Händler wissen nichts vom Versand.',
      en: 'Billing and the merchant do not know of the dispatch.',
    },
    remedy: {
      de: 'Händler benachrichtigen und Handling und Versand als Sonderauftrag berechnen.',
      en: 'Tell the merchant and bill handling and shipping as a special job.',
    },
  },
  {
    id: 'I26.photos',
    title: { de: 'Die Zahl der Fotos stimmt', en: 'The number of photos is right' },
    meaning: {
      de: 'Die Retoure zählt andere Fotos, als da sind.',
      en: 'The return counts other photos than there are.',
    },
    remedy: { de: 'Retoure öffnen und die Fotos ansehen.', en: 'Open the return and look at its photos.' },
  },
  {
    id: 'I26.hash',
    by: 'returns.photo photo_sha256_check',
    title: { de: 'Jedes Foto hat seine Prüfsumme', en: 'Every photo has its hash' },
    meaning: { de: 'Ein Foto könnte unbemerkt ausgetauscht werden.', en: 'A photo could be replaced unnoticed.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I27.items',
    by: 'returns.return_item return_item_owner',
    title: { de: 'Ware gehört dem Händler ihrer Retoure', en: "Goods belong to their return's merchant" },
    meaning: { de: 'Ein Händler sähe Ware eines anderen.', en: 'A merchant would see goods of another one.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I27.checks',
    title: {
      de: 'Abgehakte Ware liegt in der Rücksendung, in der sie abgehakt ist',
      en: 'Goods that were checked are in the batch they were checked in',
    },
    meaning: {
      de: 'Ein Stück gilt in einer Rücksendung als gefunden, in der es nicht liegt.',
      en: 'A piece counts as found in a batch it is not in.',
    },
    remedy: {
      de: 'Inhalt der Rücksendung vor dem Packen noch einmal prüfen.',
      en: 'Check the contents of the batch again before packing.',
    },
  },
] as const satisfies readonly Invariant[];
