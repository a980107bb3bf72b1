import { BILLING_RATING_INVARIANTS } from './billing-rating.ts';
import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};

/** Charges and what they are made of. */
export const BILLING_CHARGE_INVARIANTS = [
  {
    id: 'I1.charged',
    title: { de: 'Jedes abrechenbare Ereignis hat seine Posten', en: 'Every billable event has its charges' },
    meaning: {
      de: 'Ein Ereignis gilt als verarbeitet, aber ein Posten dazu fehlt oder steht bei einem anderen Händler, Tag oder einer anderen Menge: Es würde nie oder falsch berechnet.',
      en: 'An event counts as handled, but one of its charges is missing, or is of another merchant, day or quantity: it would never be billed, or wrongly.',
    },
    remedy: {
      de: 'Eine Prüfung: Retoure wieder öffnen und noch einmal abschließen, dann entsteht der Posten. Alles andere als Sonderauftrag berechnen. Mit der Kennung den Hersteller fragen, wie es dazu kam.',
      en: 'An inspection: reopen the return and complete it once more, which makes the charge. Bill anything else as a special job. Ask the vendor with the id how it came about.',
    },
  },
  {
    id: 'I1.fee',
    title: { de: 'Abgerechnete Monate haben ihre Softwaregebühr', en: 'Billed months have their software fee' },
    meaning: {
      de: 'Der Vertrag sieht für den Monat eine Softwaregebühr vor, es gibt aber keinen Posten dafür.',
      en: 'The contract has a software fee for the month, but there is no charge for it.',
    },
    remedy: {
      de: 'Prüfen, ob die Abrechnung läuft: Sie trägt die Gebühr von selbst nach; berechnet wird sie als Nachberechnung.',
      en: 'Check whether billing is running: it adds the fee by itself, and bills it as a late charge.',
    },
  },
  {
    id: 'I1.carrier',
    title: {
      de: 'Jede zugeordnete Zeile eines Versanddienstes hat genau einen gültigen Posten',
      en: 'Every assigned carrier line has exactly one live charge',
    },
    meaning: {
      de: 'Ein Zuschlag fehlt, ist doppelt da, steht beim falschen Händler, hat einen anderen Betrag oder keine Zeile.',
      en: 'A surcharge is missing, there twice, with the wrong merchant, of another amount, or without its line.',
    },
    remedy: {
      de: 'Unter Finanzen, Versanddienste die Zeile mit Begründung berichtigen; ihr Posten entsteht dabei neu.',
      en: 'Correct the line with a reason under Finance, Carriers; that makes its charge anew.',
    },
  },
  {
    id: 'I1.share',
    title: {
      de: 'Anteilige Preise ergeben sich aus ihrem Betrag',
      en: 'Prices that are a share follow from their amount',
    },
    meaning: {
      de: 'Der Preis eines Postens weicht von dem ab, was seine Regel aus dem Betrag macht.',
      en: 'The price of a charge differs from what its rule makes of the amount.',
    },
    remedy: {
      de: 'Posten öffnen und mit der Preisliste vergleichen; was noch nicht abgerechnet ist, zurückstellen.',
      en: 'Open the charge and compare it with the rate card; hold what is not billed yet.',
    },
  },
  {
    id: 'I1.called-back',
    title: {
      de: 'Von einer zurückgeholten Sendung bleibt nur die Stornogebühr',
      en: 'Only the fee is left of a shipment that was called back',
    },
    meaning: {
      de: 'Der Händler zahlt für eine Sendung, die nie verschickt wurde, oder eine Stornogebühr ohne Storno.',
      en: 'The merchant pays for a shipment that never left, or a fee without a cancellation.',
    },
    remedy: {
      de: 'Posten der Sendung unter Finanzen, Posten zurückstellen und mit der Kennung den Hersteller fragen.',
      en: 'Hold the charges of the shipment under Finance, Charges and ask the vendor with the id.',
    },
  },
  ...BILLING_RATING_INVARIANTS,
  {
    id: 'I1.replaced',
    title: {
      de: 'Was berichtigt wurde, ist zurückgenommen',
      en: 'What was corrected is taken back',
    },
    meaning: {
      de: 'Eine Leistung wurde berichtigt oder storniert, aber ihr früherer Posten gilt noch: Sie würde doppelt berechnet.',
      en: 'A service was corrected or cancelled, but its earlier charge still counts: it would be billed twice.',
    },
    remedy: {
      de: 'Posten unter Finanzen, Posten erlassen, solange er nicht abgerechnet ist; sonst mit der Kennung den Hersteller fragen.',
      en: 'Waive the charge under Finance, Charges while it is not billed; otherwise ask the vendor with the id.',
    },
  },
  {
    id: 'I2.link',
    title: { de: 'Jeder Posten steht auf höchstens einer Rechnung', en: 'Every charge is on one invoice at most' },
    meaning: {
      de: 'Ein Posten steht auf einer gültigen Rechnung, ist aber nicht mit ihr verbunden, oder umgekehrt, oder er ist mit einem Entwurf verbunden: Er wird doppelt oder gar nicht berechnet.',
      en: 'A charge is on a live invoice but not linked to it, or the other way round, or it is linked to a draft: it is billed twice or never.',
    },
    remedy: ASK,
  },
  {
    id: 'I3.owner',
    by: 'billing.charge charge_merchant_id_line_id_fkey',
    title: {
      de: 'Posten und Rechnung gehören demselben Händler',
      en: 'A charge and its invoice belong to one merchant',
    },
    meaning: { de: 'Ein Händler würde für einen anderen zahlen.', en: 'A merchant would pay for another one.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I13.unbilled',
    title: { de: 'Kein fälliger Posten ist liegen geblieben', en: 'No charge that was due was left behind' },
    meaning: {
      de: 'Der Posten war beim Freigeben schon da und fällig, steht aber auf keiner Rechnung.',
      en: 'The charge was there and due when the draft was approved, but is on no invoice.',
    },
    remedy: {
      de: 'Der nächste Lauf berechnet ihn nach. Vorher klären, warum er fehlte.',
      en: 'The next run bills it as a late charge. Find out first why it was left.',
    },
  },
  {
    id: 'I13.collected',
    by: 'billing.run_merchant run_merchant_collected',
    title: {
      de: 'Was abgerechnet ist, sagt, was es wann abgerechnet hat',
      en: 'What was billed says what it billed, and when',
    },
    meaning: {
      de: 'Niemand könnte feststellen, ob in dem abgerechneten Zeitraum etwas liegen geblieben ist.',
      en: 'Nobody could tell whether anything was left behind in the period that was billed.',
    },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I16.once',
    by: 'billing.storage_header storage_header_merchant_id_warehouse_day_key',
    title: { de: 'Ein Lagertag ist einmal erfasst', en: 'A storage day is recorded once' },
    meaning: { de: 'Ein Tag Lagerung würde doppelt berechnet.', en: 'A day of storage would be billed twice.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I16.days',
    title: { de: 'Abgerechnete Monate haben jeden Lagertag', en: 'Billed months have every storage day' },
    meaning: {
      de: 'Für einen abgerechneten Monat fehlt der Bestand eines Vertragstages.',
      en: 'The stock of a day under contract is missing in a month that was billed.',
    },
    remedy: {
      de: 'Bestand des Tages unter Finanzen, Lager als CSV-Datei hochladen oder nachbilden lassen; er wird nachberechnet.',
      en: 'Upload the stock of the day as a CSV file under Finance, Storage, or have it rebuilt; it is billed as a late charge.',
    },
  },
  {
    id: 'I16.charged',
    title: {
      de: 'Jeder Lagertag und Lagermonat mit Ware hat seinen Posten',
      en: 'Every day and month of storage with goods has its charge',
    },
    meaning: {
      de: 'Bestand ist erfasst und der Vertrag hat eine Lagermethode, aber der Posten fehlt.',
      en: 'Stock is recorded and the contract has a storage method, but the charge is missing.',
    },
    remedy: {
      de: 'Im Vertrag des Händlers ein anderes Ende in der Zukunft speichern, danach wieder das bisherige: Beides misst die noch nicht abgerechneten Tage neu.',
      en: "Save another end in the future in the merchant's contract, then the former one again: either measures the unbilled days again.",
    },
  },
  {
    id: 'I27.rates',
    title: {
      de: 'Fassungen und Regeln gehören dem Händler ihrer Preisliste',
      en: "Versions and rules belong to their card's merchant",
    },
    meaning: {
      de: 'Eine Regel stünde bei einem anderen Händler als ihre Preisliste.',
      en: 'A rule would belong to another merchant than its card.',
    },
    remedy: ASK,
  },
  {
    id: 'I30.waived',
    title: { de: 'Jeder erlassene Posten steht im Protokoll', en: 'Every waived charge is in the audit trail' },
    meaning: {
      de: 'Ein Posten wurde erlassen, ohne dass jemand dafür einsteht.',
      en: 'A charge was waived and nobody answers for it.',
    },
    remedy: {
      de: 'Posten unter Finanzen, Posten prüfen und mit denen klären, die den Lauf betreuen.',
      en: 'Check the charge under Finance, Charges with whoever is in charge of the run.',
    },
  },
] as const satisfies readonly Invariant[];
