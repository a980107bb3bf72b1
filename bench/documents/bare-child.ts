// The child that draws with pdfkit alone.
import { renderInvoice } from '../../services/billing/documents/render-invoice.ts';
import { serveTasks } from '../../shared/runtime/child-tasks.ts';
import { drawBare, drawnIn } from './bare.ts';
import { documentOf } from './rows.ts';

const drawn = drawnIn(await renderInvoice(documentOf(0)));

serveTasks<number, number>(async (count) => {
  for (let done = 0; done < count; done += 1) await drawBare(await drawn);
  return count;
});
