import type { Invariant } from './invariant.ts';

const IMPOSSIBLE = { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' };

/** Orders, shipments and special jobs. */
export const ORDERS_INVARIANTS = [
  {
    id: 'I19.shipped',
    title: { de: 'Versandte Mengen sind die Summe der Sendungen', en: 'Shipped quantities are the sum of shipments' },
    meaning: {
      de: 'Der Auftrag zählt andere Stücke, als verschickt wurden.',
      en: 'The order counts other pieces than were shipped.',
    },
    remedy: {
      de: 'Auftrag öffnen und mit den Sendungen vergleichen.',
      en: 'Open the order and compare it with its shipments.',
    },
  },
  {
    id: 'I19.over',
    by: 'orders.order_line order_line_check',
    title: { de: 'Nichts wird über die Bestellung hinaus verschickt', en: 'Nothing is shipped beyond the order' },
    meaning: { de: 'Ein Stück würde zu viel verschickt und berechnet.', en: 'A piece too many would be billed.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I20.order',
    title: { de: 'Der Stand eines Auftrags passt zu seinen Mengen', en: "An order's state agrees with its quantities" },
    meaning: {
      de: 'Ein Auftrag gilt als verschickt, obwohl Stücke offen sind, oder umgekehrt.',
      en: 'An order counts as shipped while pieces are open, or the other way round.',
    },
    remedy: {
      de: 'Auftrag öffnen und mit den Sendungen vergleichen.',
      en: 'Open the order and compare it with its shipments.',
    },
  },
  {
    id: 'I24.shipped',
    title: { de: 'Jede Sendung wurde bekannt gegeben', en: 'Every shipment was announced' },
    meaning: {
      de: 'Die Abrechnung weiß nichts von der Sendung: Sie würde nie berechnet.',
      en: 'Billing does not know of the shipment: it would never be billed.',
    },
    remedy: {
      de: 'Sendung mit der Kennung dem Hersteller melden; sie lässt sich nachträglich bekannt geben.',
      en: 'Report the shipment with its id to the vendor; it can be announced afterwards.',
    },
  },
  {
    id: 'I24.cancelled',
    title: {
      de: 'Jede zurückgeholte Sendung wurde bekannt gegeben',
      en: 'Every shipment that was called back was announced',
    },
    meaning: {
      de: 'Die Abrechnung weiß nichts davon: Die Sendung bliebe berechnet.',
      en: 'Billing does not know of it: the shipment would stay charged.',
    },
    remedy: {
      de: 'Sendung mit der Kennung dem Hersteller melden; das Storno lässt sich nachträglich bekannt geben.',
      en: 'Report the shipment with its id to the vendor; the cancellation can be announced afterwards.',
    },
  },
  {
    id: 'I24.corrected',
    title: {
      de: 'Jede berichtigte Sendung wurde bekannt gegeben',
      en: 'Every shipment that was corrected was announced',
    },
    meaning: {
      de: 'Die erste Sendung eines Auftrags wurde zurückgeholt, und was je Auftrag anfällt, wird mit keiner anderen berechnet.',
      en: 'The first shipment of an order was called back, and what is charged per order comes with no other one.',
    },
    remedy: {
      de: 'Sendung mit der Kennung dem Hersteller melden; die Berichtigung lässt sich nachträglich bekannt geben.',
      en: 'Report the shipment with its id to the vendor; the correction can be announced afterwards.',
    },
  },
  {
    id: 'I24.carrier-line',
    title: {
      de: 'Jede Zeile eines Versanddienstes wurde so bekannt gegeben, wie sie zugeordnet ist',
      en: 'Every carrier line was announced as it is assigned',
    },
    meaning: {
      de: 'Die Abrechnung kennt eine andere Sendung, einen anderen Händler oder Betrag als die Zeile: Der Falsche zahlt, oder niemand.',
      en: 'Billing knows another shipment, merchant or amount than the line has: the wrong one pays, or nobody.',
    },
    remedy: {
      de: 'Unter Finanzen, Versanddienste die Zeile mit Begründung berichtigen; das gibt sie neu bekannt.',
      en: 'Correct the line with a reason under Finance, Carriers; that announces it anew.',
    },
  },
  {
    id: 'I12.carrier-line',
    by: 'orders.carrier_line_outcome carrier_line_outcome_pkey',
    title: {
      de: 'Keine Zeile eines Versanddienstes hat zwei Sendungen',
      en: 'No carrier line has two shipments',
    },
    meaning: { de: 'Ein Zuschlag würde zweimal berechnet.', en: 'A surcharge would be billed twice.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I20.carrier-line',
    by: 'orders.carrier_line_outcome carrier_line_outcome_turn',
    title: {
      de: 'Eine Zeile wird zurückgenommen, bevor sie neu zugeordnet wird',
      en: 'A carrier line is taken back before it is assigned anew',
    },
    meaning: {
      de: 'Die erste Sendung bliebe mit dem Zuschlag belastet.',
      en: 'The first shipment would stay charged with the surcharge.',
    },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I19.carrier',
    title: {
      de: 'Rechnungen der Versanddienste sind die Summe ihrer Zeilen',
      en: 'Invoices of carriers are the sum of their lines',
    },
    meaning: {
      de: 'Von der Rechnung fehlen Zeilen, oder eine steht doppelt darin.',
      en: 'The invoice lacks lines, or has one twice.',
    },
    remedy: {
      de: 'Rechnung mit der Kennung mit dem Original vergleichen und den Hersteller fragen.',
      en: 'Compare the invoice with the original by its id and ask the vendor.',
    },
  },
  {
    id: 'I24.job',
    title: { de: 'Jeder abgenommene Sonderauftrag wurde bekannt gegeben', en: 'Every signed-off job was announced' },
    meaning: { de: 'Der Sonderauftrag würde nie berechnet.', en: 'The special job would never be billed.' },
    remedy: {
      de: 'Sonderauftrag mit Grund berichtigen, zum Beispiel in der Beschreibung; das gibt ihn neu bekannt.',
      en: 'Correct the special job with a reason, for example its description; that announces it anew.',
    },
  },
  {
    id: 'I19.goods-in',
    title: {
      de: 'Jeder abgeschlossene Wareneingang steht im Bestandsbuch',
      en: 'Every closed delivery is in the stock ledger',
    },
    meaning: {
      de: 'Im Bestand sind andere Stücke, als unbeschädigt angekommen sind.',
      en: 'The stock has other pieces than came undamaged.',
    },
    remedy: {
      de: 'Wareneingang mit Grund wieder öffnen und neu abschließen; das bucht den Unterschied.',
      en: 'Open the delivery again with a reason and close it anew; that books the difference.',
    },
  },
  {
    id: 'I24.goods-in',
    title: {
      de: 'Jeder abgeschlossene Wareneingang wurde bekannt gegeben',
      en: 'Every closed delivery was announced to billing',
    },
    meaning: { de: 'Der Wareneingang würde nie berechnet.', en: 'The delivery would never be billed.' },
    remedy: {
      de: 'Wareneingang mit Grund wieder öffnen und neu abschließen.',
      en: 'Open the delivery again with a reason and close it anew.',
    },
  },
] as const satisfies readonly Invariant[];

/** Merchants and contracts. */
export const MERCHANTS_INVARIANTS = [
  {
    id: 'I12.contracts',
    by: 'merchants.contract contract_never_overlaps',
    title: { de: 'Verträge eines Händlers überschneiden sich nie', en: 'Contracts of a merchant never overlap' },
    meaning: { de: 'Für einen Tag gälten zwei Bedingungen.', en: 'Two terms would hold on one day.' },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I24.merchant',
    title: { de: 'Jede Änderung eines Händlers wurde bekannt gegeben', en: 'Every change of a merchant was announced' },
    meaning: {
      de: 'Andere Teile rechnen mit veralteten Bedingungen.',
      en: 'Other parts work with outdated terms.',
    },
    remedy: {
      de: 'Händler öffnen, eine Angabe ändern und speichern; danach lässt sie sich zurückändern.',
      en: 'Open the merchant, change a field and save it; afterwards it can be changed back.',
    },
  },
] as const satisfies readonly Invariant[];
