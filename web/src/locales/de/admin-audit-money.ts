/** What the audit trail says of payments, direct debits and dunning. */
export const adminAuditMoney = {
  payment: {
    recorded: 'Zahlung erfasst',
    assigned: 'Zahlung einem Händler zugeordnet',
    allocated: 'Zahlung auf Rechnung verrechnet',
    unmatched: 'Verrechnung einer Zahlung gelöst',
    refunded: 'Zahlung zurückgezahlt',
    voided: 'Zahlung storniert',
  },
  mandate: {
    agreed: 'Mandat erfasst',
    revoked: 'Mandat widerrufen',
    blocked: 'Mandat gesperrt',
    unblocked: 'Mandat entsperrt',
    'made-final': 'Mandat läuft aus',
    lapsed: 'Mandat erloschen',
  },
  'direct-debit': {
    held: 'Einzug angehalten',
    released: 'Einzug wieder freigegeben',
  },
  collection: {
    proposed: 'Einzug vorgeschlagen',
    'item-removed': 'Rechnung aus Einzug genommen',
    approved: 'Einzug freigegeben',
    submitted: 'Einzug bei der Bank eingereicht',
    discarded: 'Einzug verworfen',
    returned: 'Rücklastschrift erfasst',
  },
  dunning: {
    'settings-changed': 'Mahnstufen geändert',
    'base-rate-entered': 'Basiszinssatz eingetragen',
    stopped: 'Mahnstopp gesetzt',
    resumed: 'Mahnstopp aufgehoben',
    proposed: 'Mahnlauf vorgeschlagen',
    selected: 'Auswahl des Mahnlaufs geändert',
    discarded: 'Mahnlauf verworfen',
    issued: 'Mahnlauf ausgestellt',
    'letter-issued': 'Mahnschreiben ausgestellt',
    'claim-paid': 'Nebenforderung bezahlt',
    'claim-waived': 'Nebenforderung erlassen',
  },
} as const;
