import { date, money, period } from '../../../../shared/documents/formats.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import type { Reader } from '../template.ts';
import { WORDS } from '../words.ts';
import type { Ready } from './ready.ts';
import { TEXTS } from './texts.ts';

/** What is still to be paid of a document; of a correction nothing. */
export const payableMinor = ({ kind, payableMinor: told, grossMinor }: Ready): number =>
  kind === 'invoice' ? Math.max(0, told ?? grossMinor) : 0;

/** How it is collected, while there is something to collect. */
export const debitOf = (payload: Ready): Ready['directDebit'] =>
  payableMinor(payload) > 0 ? payload.directDebit : undefined;

/** What the texts may name. */
export function invoiceValues(payload: Ready, reader: Reader): Values {
  const { language } = reader;
  const texts = TEXTS[payload.kind][language];
  const amount = (minor: number) => money(minor, payload.currency, language);
  const { corrects } = payload;
  const original = {
    number: corrects?.number ?? WORDS[language].none,
    issueDate: corrects ? date(corrects.issueDate, language) : WORDS[language].none,
  };
  const facts = {
    number: payload.number,
    issueDate: date(payload.issueDate, language),
    dueDate: date(payload.dueDate, language),
    period: period(payload.periodFrom, payload.periodTo, language),
    net: amount(payload.netMinor),
    vat: amount(payload.vatMinor),
    gross: amount(payload.grossMinor),
    payable: amount(payload.kind === 'invoice' ? payableMinor(payload) : payload.grossMinor),
  };
  const collectedOn = debitOf(payload)?.collectedOn;
  const debit = { collectedOn: collectedOn ? date(collectedOn, language) : WORDS[language].none };
  const said = (text: string) => fill(text, { invoice: facts, original, debit });
  const pays = payableMinor(payload) === 0 ? PAYS.nothing : collectedOn ? PAYS.byDebit : PAYS.byTransfer;
  return {
    ...readerValues(reader),
    issuer: { name: payload.issuerName },
    invoice: {
      ...facts,
      title: said(corrects ? texts.titleOfCorrection : texts.title),
      due: said(texts[pays.when]),
      howToPay: said(texts[pays.how]),
    },
    original,
  };
}

const PAYS = {
  nothing: { when: 'settled', how: 'nothingToPay' },
  byDebit: { when: 'collected', how: 'howCollected' },
  byTransfer: { when: 'due', how: 'howToPay' },
} as const;
