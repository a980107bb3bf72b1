import type { Block } from '../../../../shared/documents/flow.ts';
import { money } from '../../../../shared/documents/formats.ts';
import type { Sheet } from '../../../../shared/documents/sheet.ts';
import { ascent, LEFT, pitch, TYPE } from '../../../../shared/documents/style.ts';
import { drawSums, heightOfSums, type Sum } from '../sums.ts';
import type { DunningLetterModel } from './dunning-letter-model.ts';
import type { DunningLetterTexts } from './dunning-letter-texts.ts';

const NOTE_WIDTH = 84;

/** What is to be paid and what it is made of; beside it what the claims rest on. */
export function sumsBlock(sheet: Sheet, model: DunningLetterModel, texts: DunningLetterTexts): Block {
  const sums = sumsOf(model, texts);
  const notes = notesOf(model, texts);
  const note = notes.length ? sheet.wrap(notes.join(' '), NOTE_WIDTH, TYPE.detail) : [];
  const step = pitch(TYPE.detail.size);
  const first = ascent(TYPE.body.size) + 0.8;
  return {
    height: Math.max(heightOfSums(sums), note.length * step + 0.8),
    draw: (top) => {
      if (note.length)
        sheet.tag('P', () =>
          note.forEach((line, index) => sheet.text(line, LEFT, top + first + index * step, TYPE.detail)),
        );
      drawSums(sheet, sums, top);
    },
  };
}

/** Where nothing is claimed beside the invoices, the total says it all. */
function sumsOf(model: DunningLetterModel, { sums }: DunningLetterTexts): Sum[] {
  const { invoices, currency, language } = model;
  const said = (minor: number) => money(minor, currency, language);
  const interest = invoices.reduce((sum, { interestMinor }) => sum + interestMinor, 0);
  const lumpSums = invoices.reduce((sum, { lumpSumMinor }) => sum + lumpSumMinor, 0);
  const claims: [string, number][] = [
    [sums.interest, interest],
    [sums.lumpSum, lumpSums],
    [sums.fee, model.feeMinor],
    [sums.bankCharges, model.bankChargesMinor],
    [sums.earlier, model.earlierClaimsMinor],
  ];
  const parts = [[sums.open, model.openMinor] as const, ...claims.filter(([, minor]) => minor > 0)];
  return [
    ...(parts.length > 1 ? parts.map(([label, minor]) => ({ label, value: said(minor), style: TYPE.body })) : []),
    { label: sums.total, value: said(model.totalMinor), style: TYPE.total },
  ];
}

function notesOf(model: DunningLetterModel, texts: DunningLetterTexts): string[] {
  const { invoices, claimsMinor } = model;
  return [
    ...(invoices.some(({ interestMinor }) => interestMinor > 0) ? [texts.interestNote(model)] : []),
    ...(invoices.some(({ lumpSumMinor }) => lumpSumMinor > 0) ? [texts.lumpSumNote] : []),
    ...(claimsMinor > 0 ? [texts.claimsNote] : []),
  ];
}
