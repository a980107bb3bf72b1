import type { Block } from '../../../../shared/documents/flow.ts';
import { amount, currencySign, date } from '../../../../shared/documents/formats.ts';
import type { Sheet } from '../../../../shared/documents/sheet.ts';
import { TYPE, type TextStyle } from '../../../../shared/documents/style.ts';
import { columns, headBlock, repeated, rowBlock, tablePart, type Cell } from '../../../../shared/documents/table.ts';
import type { DunningLetterModel } from './dunning-letter-model.ts';
import type { DunningLetterTexts } from './dunning-letter-texts.ts';

type Dunned = DunningLetterModel['invoices'][number];

interface LetterColumn {
  title: string;
  width: number | 'rest';
  align?: 'left' | 'right';
  text(invoice: Dunned): string;
  style?: TextStyle;
}

/** So many invoices at the end stay with the sums. */
const LAST_ROWS = 3;

/** The invoices as a table; a column that would say nothing is not there. */
export function invoiceBlocks(
  sheet: Sheet,
  model: DunningLetterModel,
  texts: DunningLetterTexts,
  pad: number,
): Block[] {
  const shown = columnsOf(model, texts);
  const table = columns(shown);
  const part = tablePart();
  const head = headBlock(sheet, table, part);
  const again = [repeated(sheet, head)];
  const rows = model.invoices.map((invoice, index) => ({
    ...rowBlock(
      sheet,
      table,
      shown.map(({ text, style = TYPE.body }): Cell => [{ text: text(invoice), style }]),
      { part, pad },
    ),
    repeat: again,
    keepWithNext: index >= model.invoices.length - LAST_ROWS,
  }));
  return [head, ...rows];
}

function columnsOf(model: DunningLetterModel, texts: DunningLetterTexts): LetterColumn[] {
  const { language, currency, invoices, level } = model;
  const titles = texts.columns;
  const hasLevels = invoices.some((one) => one.level !== level);
  const dayWidth = hasLevels ? 21 : 30;
  const sign = currencySign(currency);
  const claimed = ({ interestMinor, lumpSumMinor }: Dunned) => interestMinor + lumpSumMinor;
  const levels: LetterColumn = { title: titles.level, width: 25, text: (one) => texts.levelName(one.level) };
  const claims: LetterColumn = {
    title: `${titles.claims} ${sign}`,
    width: 33,
    align: 'right',
    text: (one) => amount(claimed(one), language),
  };
  return [
    { title: titles.invoice, width: 'rest', text: ({ number }) => number, style: TYPE.strong },
    { title: titles.issueDate, width: dayWidth, text: ({ issueDate }) => date(issueDate, language) },
    { title: titles.dueDate, width: dayWidth, text: ({ dueDate }) => date(dueDate, language) },
    // the title of the letter says it else
    ...(hasLevels ? [levels] : []),
    {
      title: `${titles.open} ${sign}`,
      width: 20,
      align: 'right',
      text: ({ openMinor }) => amount(openMinor, language),
    },
    ...(invoices.some((one) => claimed(one) > 0) ? [claims] : []),
  ];
}
