import { adminAudit } from './admin-audit.ts';
import { adminMerchants } from './admin-merchants.ts';

export const admin = {
  ...adminAudit,
  ...adminMerchants,
  nav: { merchants: 'Händler', users: 'Benutzer', mails: 'E-Mails', reference: 'API-Referenz' },
  users: {
    title: 'Benutzer',
    lead: 'Wer sich anmelden kann und was er darf',
    name: 'Name',
    email: 'E-Mail-Adresse',
    roles: 'Rollen',
    merchants: 'Händler',
    house: 'Haus',
    active: 'Zugang',
    activeYes: 'Aktiv',
    activeNo: 'Gesperrt',
    lastLogin: 'Letzte Anmeldung',
    never: 'Noch nie',
    search: 'Name oder E-Mail-Adresse',
    emptyTitle: 'Keine Benutzer',
  },
  role: {
    worker: 'Lager',
    lead: 'Lagerleitung',
    finance: 'Finanzen',
    admin: 'Verwaltung',
    merchantViewer: 'Händler, lesend',
    merchantDecider: 'Händler, entscheidend',
    api: 'Schnittstelle',
  },
} as const;
