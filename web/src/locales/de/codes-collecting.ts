/** Refusals of direct debits and dunning. */
export const collectingCodes = {
  CREDITOR_ID_MISSING: 'Tragen Sie zuerst in den Einstellungen die Gläubiger-Identifikationsnummer ein.',
  MANDATE_LIVE: 'Der Händler hat schon ein gültiges Mandat. Widerrufen Sie es zuerst.',
  MANDATE_STATE: 'Das Mandat ist inzwischen in einem anderen Stand.',
  MANDATE_LAPSED: 'Ein Mandat, das 36 Monate nicht genutzt wurde, ist erloschen.',
  REFERENCE_TAKEN: 'Diese Mandatsreferenz ist schon vergeben.',
  DIRECT_DEBIT_STATE: 'Dieser Einzug ist inzwischen in einem anderen Stand.',
  COLLECTION_STATE: 'Der Einzug ist inzwischen in einem anderen Stand.',
  COLLECTION_BOOKED:
    'Laut Kontoauszug hat die Bank diese Datei ausgeführt. Vermerken Sie den Einzug als eingereicht, statt ihn zu verwerfen.',
  COLLECTION_CHANGED:
    'Inzwischen wurde etwas bezahlt, angehalten oder geändert, oder ein Tag ist nicht mehr erreichbar. Bitte verwerfen und neu vorschlagen.',
  COLLECTED_ANEW: 'Die Rechnung wird schon noch einmal eingezogen.',
  PAID_BY_BANK: 'Alles davon ist schon anders bezahlt.',
  NOTHING_TO_BOOK: 'Bis zu diesem Tag wurde daraus nichts eingezogen.',
  BEFORE_COLLECTION: 'An diesem Tag hatte die Bank die Datei noch nicht.',
  BEFORE_APPROVAL: 'An diesem Tag gab es die Datei noch nicht.',
  BIC_MISSING: 'Bei Konten außerhalb des EWR ist der BIC nötig.',
  CHARGE_MISSING: 'Tragen Sie die Gebühr der Bank ein.',
  TOO_FAR_AHEAD: 'So weit im Voraus lässt sich nichts einziehen.',
  DUNNING_STATE: 'Der Mahnlauf ist schon ausgestellt oder verworfen.',
  NOT_DUNNABLE: 'Diese Rechnung wird in diesem Lauf nicht gemahnt.',
  CLAIM_SETTLED: 'Diese Forderung ist schon erledigt.',
  CLAIM_NOT_PAID: 'Diese Forderung war nicht als bezahlt vermerkt.',
  PAYMENT_OF_ANOTHER: 'Die Zahlung ist nicht von diesem Händler.',
  STOP_LIFTED: 'Der Mahnstopp ist schon aufgehoben.',
  BASE_RATE_USED: 'Mit diesem Basiszinssatz ist schon ein Schreiben berechnet. Er lässt sich nicht mehr ändern.',
} as const;
