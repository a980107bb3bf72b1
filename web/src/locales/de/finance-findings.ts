/** Findings of a run, and the ways to solve them. */
export const financeFindings = {
  finding: {
    blocks: 'Hält an',
    span: '{{first}} bis {{last}}',
    andMore: '{{some}} und {{count, number}} weitere',
    warehouses: 'Lager {{names}}',
    UNRATED_CHARGES_one: '{{count, number}} Posten hat keinen Preis: {{reasons}}.',
    UNRATED_CHARGES_other: '{{count, number}} Posten haben keinen Preis: {{reasons}}.',
    STORAGE_GAP_one: 'Der Lagerbestand fehlt für {{count, number}} Tag: {{days}}{{where}}.',
    STORAGE_GAP_other: 'Der Lagerbestand fehlt für {{count, number}} Tage: {{days}}{{where}}.',
    NO_INVOICE_EMAIL: 'Es ist keine E-Mail-Adresse für Rechnungen hinterlegt.',
    ABOVE_USUAL: 'Der Betrag von {{gross}} liegt weit über dem Üblichen ({{usual}}).',
    HELD_CHARGES_one: '{{count, number}} Posten ist zurückgestellt und wird nicht abgerechnet.',
    HELD_CHARGES_other: '{{count, number}} Posten sind zurückgestellt und werden nicht abgerechnet.',
    RECEIVED_NOT_INSPECTED_one:
      'Eine Retoure ist angekommen und noch nicht geprüft: {{returns}}. Sie kommt auf die nächste Rechnung.',
    RECEIVED_NOT_INSPECTED_other:
      '{{count, number}} Retouren sind angekommen und noch nicht geprüft: {{returns}}. Sie kommen auf die nächste Rechnung.',
    OPEN_SPECIAL_JOBS_one: 'Ein Sonderauftrag ist noch nicht abgenommen: {{jobs}}. Er kommt auf die nächste Rechnung.',
    OPEN_SPECIAL_JOBS_other:
      '{{count, number}} Sonderaufträge sind noch nicht abgenommen: {{jobs}}. Sie kommen auf die nächste Rechnung.',
    EVENTS_PARKED_one: 'Ein Ereignis vor dem Stichtag ist fehlgeschlagen und wartet auf die Verwaltung.',
    EVENTS_PARKED_other:
      '{{count, number}} Ereignisse vor dem Stichtag sind fehlgeschlagen und warten auf die Verwaltung.',
    EVENTS_UNDELIVERED_one:
      'Ein Ereignis vor dem Stichtag ist noch nicht angekommen. Was daraus folgt, wird nachberechnet.',
    EVENTS_UNDELIVERED_other:
      '{{count, number}} Ereignisse vor dem Stichtag sind noch nicht angekommen. Was daraus folgt, wird nachberechnet.',
    CARRIED_FORWARD: 'Es bleibt nichts zu zahlen. Ein Guthaben von {{credit}} wird in den nächsten Lauf übernommen.',
    CARRIED_FORWARD_nothing:
      'Es bleibt nichts zu zahlen. Die Posten ergeben zusammen {{gross}} und kommen in den nächsten Lauf.',
    CARRIED_FORWARD_beside:
      'Eines der beiden Dokumente ergibt nichts zu zahlen; sein Betrag von {{gross}} wird in den nächsten Lauf übernommen. Das andere wird ausgestellt.',
    CARRIED_OVER_one: 'Der angehaltene Lauf zum {{cutoffs}} wird hier mit abgerechnet.',
    CARRIED_OVER_other: 'Die angehaltenen Läufe zum {{cutoffs}} werden hier mit abgerechnet.',
    NOTHING_TO_BILL: 'Es gibt nichts abzurechnen. Was noch nicht abgerechnet ist, kommt in den nächsten Lauf.',
    EARLIER_RUN_OPEN: 'Der Lauf zum {{cutoff}} ist für diesen Händler noch offen.',
    EARLIER_RUN_OPEN_included:
      'Der Lauf zum {{cutoff}} ist für diesen Händler noch offen. Was er abrechnet, ist hier so lange mitgezählt.',
    RERATING: 'Nach einer Änderung der Preise bekommen die Posten gerade ihren neuen Preis.',
    WAITING_FOR_EVENTS_one: 'Ein Ereignis vor dem Stichtag ist noch unterwegs.',
    WAITING_FOR_EVENTS_other: '{{count, number}} Ereignisse vor dem Stichtag sind noch unterwegs.',
    STEP_FAILED: '{{step}} ist fehlgeschlagen. Grund: {{reason}}',
    STEP_FAILED_again:
      '{{step}} ist fehlgeschlagen und wird von selbst wiederholt, insgesamt bis zu fünfmal. Grund: {{reason}}',
    STEP_FAILED_untilDone:
      '{{step}} ist fehlgeschlagen und wird von selbst wiederholt, bis es gelingt. Grund: {{reason}}',
    STEP_FAILED_parked: '{{step}} ist fünfmal fehlgeschlagen und wird nicht mehr wiederholt. Grund: {{reason}}',
    CHANGED_SINCE_PREVIEW:
      'Seit Sie den Entwurf gesehen haben, hat sich etwas geändert. Er wurde neu berechnet; bitte geben Sie ihn noch einmal frei.',
    CHANGED_MUCH:
      'Gegenüber dem letzten vergleichbaren Lauf hat sich der Betrag stark verändert: {{net}} netto statt {{previous}}.',
    ZERO_QUANTITY_one: 'Eine Position hat keine Menge mehr, weil sich ihre Posten aufheben: {{rules}}.',
    ZERO_QUANTITY_other:
      '{{count, number}} Positionen haben keine Menge mehr, weil sich ihre Posten aufheben: {{rules}}.',
    REVERSE_CHARGE_LATE:
      'Einige nachberechnete Leistungen sind älter als der Vormonat. Ihre Rechnung hätte bis zum 15. des Monats nach der Leistung ausgestellt sein müssen (§ 14a UStG).',
    REVERSE_CHARGE_OVERDUE:
      'Eine Rechnung ohne deutsche Umsatzsteuer muss spätestens am 15. des Monats nach der Leistung ausgestellt sein (§ 14a UStG). Dieser Tag ist erreicht oder vorbei.',
    VAT_ID_MISSING: 'Für eine Rechnung ohne deutsche Umsatzsteuer fehlt die USt-IdNr. des Händlers.',
    VAT_ID_REFUSED: 'Die USt-IdNr. {{vatId}} ist laut Auskunft vom {{checkedOn}} ungültig.',
    VAT_ID_UNCONFIRMED: 'Die USt-IdNr. {{vatId}} ist für diesen Monat nicht bestätigt.',
    ISSUER_TAX_NUMBER_MISSING: 'Für eine Rechnung über nicht steuerbare Leistungen fehlt Ihre Steuernummer.',
    ISSUER_VAT_ID_MISSING: 'Für eine Rechnung ohne deutsche Umsatzsteuer fehlt Ihre USt-IdNr.',
    ISSUER_CONTACT_MISSING:
      'Der Händler bekommt eine XRechnung. Dafür fehlt Ihre Telefonnummer oder Ihre E-Mail-Adresse.',
    COUNTRY_UNKNOWN: 'Den Ländercode „{{country}}“ in der Anschrift des Händlers gibt es nicht.',
    MERCHANT_NOT_PRINTABLE:
      'Das Zeichen „{{character}}“ in den Stammdaten des Händlers lässt sich nicht drucken: „{{text}}“.',
    ISSUER_NOT_PRINTABLE:
      'Das Zeichen „{{character}}“ in Ihren Angaben als Rechnungssteller lässt sich nicht drucken: „{{text}}“.',
    LINE_NOT_PRINTABLE: 'Das Zeichen „{{character}}“ im Text einer Position lässt sich nicht drucken: „{{text}}“.',
    ADDRESS_INCOMPLETE: 'Die Anschrift des Händlers ist unvollständig.',
    NO_CONTRACT: 'Für diesen Händler ist kein Vertrag hinterlegt. Abgerechnet wird nach der Grundpreisliste.',
    FINAL_TOTAL_NEGATIVE: 'Der Vertrag endet mit einem Guthaben von {{credit}} für den Händler.',
  },
  findingName: {
    any: 'Mit Hinweis',
    none: 'Ohne Hinweis',
    UNRATED_CHARGES: 'Posten ohne Preis',
    STORAGE_GAP: 'Lücke im Lagernachweis',
    NO_INVOICE_EMAIL: 'Keine E-Mail-Adresse',
    ABOVE_USUAL: 'Höher als üblich',
    HELD_CHARGES: 'Zurückgestellte Posten',
    RECEIVED_NOT_INSPECTED: 'Ungeprüfte Retouren',
    OPEN_SPECIAL_JOBS: 'Offene Sonderaufträge',
    EVENTS_PARKED: 'Fehlgeschlagene Ereignisse',
    EVENTS_UNDELIVERED: 'Ereignisse unterwegs',
    CARRIED_FORWARD: 'Übertrag in den nächsten Lauf',
    CARRIED_OVER: 'Übernahme aus einem früheren Lauf',
    NOTHING_TO_BILL: 'Nichts abzurechnen',
    EARLIER_RUN_OPEN: 'Früherer Lauf offen',
    RERATING: 'Preise ändern sich gerade',
    WAITING_FOR_EVENTS: 'Wartet auf Ereignisse',
    STEP_FAILED: 'Schritt fehlgeschlagen',
    CHANGED_SINCE_PREVIEW: 'Zwischenzeitlich geändert',
    CHANGED_MUCH: 'Stark verändert',
    ZERO_QUANTITY: 'Position ohne Menge',
    REVERSE_CHARGE_LATE: 'Späte Nachberechnung ohne Umsatzsteuer',
    REVERSE_CHARGE_OVERDUE: 'Frist zum Ausstellen erreicht (§ 14a UStG)',
    VAT_ID_MISSING: 'USt-IdNr. fehlt',
    VAT_ID_REFUSED: 'USt-IdNr. ungültig',
    VAT_ID_UNCONFIRMED: 'USt-IdNr. nicht bestätigt',
    ISSUER_TAX_NUMBER_MISSING: 'Ihre Steuernummer fehlt',
    ISSUER_VAT_ID_MISSING: 'Ihre USt-IdNr. fehlt',
    ISSUER_CONTACT_MISSING: 'Ihr Kontakt für XRechnungen fehlt',
    COUNTRY_UNKNOWN: 'Ländercode ungültig',
    MERCHANT_NOT_PRINTABLE: 'Händlerdaten nicht druckbar',
    ISSUER_NOT_PRINTABLE: 'Ihre Angaben nicht druckbar',
    LINE_NOT_PRINTABLE: 'Position nicht druckbar',
    ADDRESS_INCOMPLETE: 'Anschrift unvollständig',
    NO_CONTRACT: 'Kein Vertrag',
    FINAL_TOTAL_NEGATIVE: 'Guthaben zum Vertragsende',
  },
  way: {
    merchant: 'Stammdaten öffnen',
    settings: 'Einstellungen öffnen',
    contract: 'Verträge öffnen',
    rateCards: 'Preislisten öffnen',
    unrated: 'Posten ohne Preis ansehen',
    held: 'Zurückgestellte Posten ansehen',
    storage: 'Lagernachweis öffnen',
    returns: 'Retouren im Lager öffnen',
    specialJobs: 'Sonderaufträge öffnen',
    events: 'Fehlgeschlagene Ereignisse öffnen',
  },
  accept: {
    action: 'Betrag bestätigen',
    question: 'Hohen Betrag für {{name}} bestätigen?',
    consequence:
      'Bis {{gross}} brutto wird der Händler in diesem Lauf dann nicht mehr angehalten. Wird es mehr, fragen wir noch einmal.',
    reasonHint: 'Bleibt als interne Notiz beim Händler stehen.',
    note: 'Lauf zum {{cutoff}}: Betrag von {{gross}} bestätigt. {{reason}}',
    done: 'Der Betrag für {{name}} ist bestätigt',
  },
  email: {
    action: 'E-Mail-Adresse eintragen',
    question: 'Wohin gehen die Rechnungen an {{name}}?',
    consequence: 'Die Adresse steht danach in den Stammdaten. Prüfen Sie den Händler anschließend erneut.',
    field: 'E-Mail-Adresse für Rechnungen',
    done: 'Die Adresse von {{name}} ist eingetragen',
  },
} as const;
