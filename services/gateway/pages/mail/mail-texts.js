/* global document, localStorage, navigator */

/** Every kind and state in both languages; a test holds them against those of the protocol. */
export const TEXTS = {
  de: {
    title: 'E-Mails',
    loginTitle: 'Anmelden',
    loginLead: 'Alle E-Mails sehen Verwaltung, Buchhaltung und Leitung; Händler sehen ihre eigenen.',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    loginButton: 'Anmelden',
    logout: 'Abmelden',
    loginFailed: 'E-Mail-Adresse oder Passwort stimmt nicht.',
    tooMany: 'Zu viele Versuche. Bitte später noch einmal.',
    notAllowed: 'Diese Anmeldung darf keine E-Mails sehen.',
    unavailable: 'Das System antwortet gerade nicht. Bitte gleich noch einmal versuchen.',
    anyState: 'Jeder Stand',
    refresh: 'Aktualisieren',
    more: 'Weitere laden',
    loading: 'Wird geladen …',
    none: 'Noch keine E-Mails.',
    nothing: 'Links eine E-Mail auswählen',
    back: '← Zur Liste',
    formatted: 'Formatiert',
    plain: 'Nur Text',
    source: 'Original (.eml)',
    to: 'An',
    about: 'Anlass',
    state: 'Stand',
    created: 'Erstellt',
    sentAt: 'Gesendet',
    attempts: 'Versuche',
    gone: 'Diese E-Mail gibt es nicht.',
    resend: 'Noch einmal schicken',
    resendQuestion: (recipients) => `Noch einmal schicken? Geht an: ${recipients}`,
    resent: 'Sie geht noch einmal hinaus.',
    changed: 'Das hat sich inzwischen geändert. Bitte noch einmal ansehen.',
    unconfirmed: 'Der Mailserver hat sie vollständig bekommen, aber nie bestätigt. Wahrscheinlich ist sie angekommen.',
    askFirst: 'Fragen Sie nach, bevor Sie sie noch einmal schicken.',
    other: 'English',
    states: {
      queued: 'wartet',
      sending: 'wird gesendet',
      sent: 'gesendet',
      bounced: 'abgewiesen',
      failed: 'fehlgeschlagen',
      unconfirmed: 'nicht bestätigt',
    },
    kinds: {
      orderShipped: 'Bestellung versandt',
      returnReceived: 'Retoure angekommen',
      returnInspected: 'Retoure geprüft',
      decisionRequested: 'Bitte um Entscheidung',
      decisionReminder: 'Erinnerung an Entscheidung',
      batchDispatched: 'Sammelrücksendung versandt',
      jobApprovalAsked: 'Zustimmung zu einem Sonderauftrag',
      disputeAnswered: 'Antwort auf eine Beanstandung',
      invoiceReady: 'Rechnung',
      cancellationReady: 'Stornorechnung',
      creditNoteReady: 'Rechnungskorrektur',
      directDebitAnnounced: 'Ankündigung einer Lastschrift',
      dunningNotice: 'Zahlungserinnerung und Mahnung',
      digest: 'Tagesübersicht',
      individual: 'Persönliche Nachricht',
    },
  },
  en: {
    title: 'E-mails',
    loginTitle: 'Log in',
    loginLead: 'Administrators, finance and team leads see all e-mails; merchants see their own.',
    email: 'E-mail address',
    password: 'Password',
    loginButton: 'Log in',
    logout: 'Log out',
    loginFailed: 'The e-mail address or the password is wrong.',
    tooMany: 'Too many attempts. Please try again later.',
    notAllowed: 'This log-in may not see e-mails.',
    unavailable: 'The system does not answer at the moment. Please try again shortly.',
    anyState: 'Every state',
    refresh: 'Refresh',
    more: 'Load more',
    loading: 'Loading …',
    none: 'No e-mails yet.',
    nothing: 'Choose an e-mail on the left',
    back: '← Back to the list',
    formatted: 'Formatted',
    plain: 'Text only',
    source: 'Original (.eml)',
    to: 'To',
    about: 'About',
    state: 'State',
    created: 'Created',
    sentAt: 'Sent',
    attempts: 'Attempts',
    gone: 'There is no such e-mail.',
    resend: 'Send again',
    resendQuestion: (recipients) => `Send it again? It goes to: ${recipients}`,
    resent: 'It goes out once more.',
    changed: 'This has changed meanwhile. Please look at it again.',
    unconfirmed: 'The mail server was given the whole e-mail and never confirmed it. It has probably arrived.',
    askFirst: 'Ask the recipient before you send it again.',
    other: 'Deutsch',
    states: {
      queued: 'waiting',
      sending: 'sending',
      sent: 'sent',
      bounced: 'refused',
      failed: 'failed',
      unconfirmed: 'not confirmed',
    },
    kinds: {
      orderShipped: 'Order shipped',
      returnReceived: 'Return received',
      returnInspected: 'Return inspected',
      decisionRequested: 'Decision needed',
      decisionReminder: 'Decision reminder',
      batchDispatched: 'Batch dispatched',
      jobApprovalAsked: 'Approval of a special job',
      disputeAnswered: 'Answer to a dispute',
      invoiceReady: 'Invoice',
      cancellationReady: 'Cancellation',
      creditNoteReady: 'Credit note',
      directDebitAnnounced: 'Advance notice of a direct debit',
      dunningNotice: 'Payment reminder and dunning',
      digest: 'Daily overview',
      individual: 'Personal message',
    },
  },
};

let language = localStorage.getItem('language') ?? (navigator.language.startsWith('en') ? 'en' : 'de');

export const texts = () => TEXTS[language] ?? TEXTS.de;

/** Fills every element that names its text. */
export function showTexts() {
  document.documentElement.lang = language;
  document.title = `${texts().title} · Kontor`;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = texts()[element.dataset.text];
}

export function switchLanguage() {
  language = language === 'de' ? 'en' : 'de';
  localStorage.setItem('language', language);
  showTexts();
}

/** How dates and numbers are written; plain `en` would be American. */
const locale = () => (language === 'en' ? 'en-GB' : 'de-DE');

/** An instant in the reader's own zone. */
export const when = (instant) =>
  instant
    ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant))
    : '–';

export const size = (bytes) =>
  bytes < 1_000_000
    ? `${new Intl.NumberFormat(locale()).format(Math.ceil(bytes / 1_000))} kB`
    : `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(bytes / 1_000_000)} MB`;
