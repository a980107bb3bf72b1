export const merchant = {
  nav: { today: 'Heute' },
  today: {
    title: 'Heute',
    lead: 'Was auf dem Weg zu Ihnen ist und was zuletzt ankam',
    onTheWay: 'Offene Rücksendungen',
    latest: 'Letzte Retouren',
    batch: 'Rücksendung {{number}}',
    pieces_one: '{{count}} Stück',
    pieces_other: '{{count}} Stück',
    tracking: 'Sendung {{number}}',
    noBatches: 'Zurzeit ist keine Rücksendung an Sie unterwegs.',
    noReturns: 'Es gibt noch keine Retouren.',
    order: 'Auftrag {{number}}',
    photos_one: '{{count}} Foto',
    photos_other: '{{count}} Fotos',
  },
} as const;
