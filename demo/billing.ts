import { until } from './parallel.ts';
import type { Step } from './progress.ts';
import type { World } from './world.ts';

interface Row {
  merchantNumber: string;
  merchantName: string;
  state: string;
  findings: { code: string; blocks: boolean; message: string }[];
}
interface Run {
  id: string;
  state: string;
  counts: Record<string, number>;
  rows: Row[];
}

/** An invoice as the list has it, with its lines. Amounts are cents. */
export interface IssuedInvoice {
  id: string;
  number: string;
  merchantNumber: string;
  merchantName: string;
  cutoff: string;
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
  document: string;
  delivery: string | null;
  lines: { section: string; netMinor: number }[];
}

/** What finance does at a cut-off: start, look at the findings, approve, finalize, see that all is out. */
export async function bill({ as }: World, cutoff: string, step: Step): Promise<void> {
  const { finance } = as;
  const { id } = await finance.post<Run>('/billing-runs', { cutoff });
  const drafts = await reach(finance, id, ['draft'], 'drafted', step);
  const remarks = drafts.rows.flatMap(({ merchantNumber, findings }) =>
    findings.map(({ code, message }) => `${merchantNumber} ${code}: ${message}`),
  );
  await finance.post(`/billing-runs/${id}/approve`);
  await reach(finance, id, ['approved'], 'approved', step);
  await finance.post(`/billing-runs/${id}/finalize`);
  await reach(finance, id, ['finalized', 'delivered'], 'finalized', step);
  const invoices = await until(`the documents and mails of the run ${cutoff}`, async () => {
    const all = await finance.list<IssuedInvoice>(`/invoices?runId=${id}`);
    const out = all.filter(({ document, delivery }) => document === 'ready' && delivery === 'sent');
    step.progress(out.length, all.length, 'invoices archived and mailed');
    return out.length === all.length ? all : undefined;
  });
  step.result(`${invoices.length} invoices${remarks.length ? `, ${remarks.length} findings` : ', no findings'}`);
  for (const remark of remarks) step.say(remark);
}

/** @throws Error that names what keeps a merchant's invoice back */
async function reach(
  finance: World['as']['finance'],
  id: string,
  states: readonly string[],
  done: string,
  step: Step,
): Promise<Run> {
  return until(`the run to be ${done}`, async () => {
    const run = await finance.get<Run>(`/billing-runs/${id}`);
    if (run.state === 'attention')
      throw new Error(`The run needs attention:\n${run.rows.flatMap(blockers).join('\n')}`);
    const there = states.reduce((sum, state) => sum + (run.counts[state] ?? 0), run.counts['skipped'] ?? 0);
    step.progress(there, run.rows.length, done);
    return run.rows.length > 0 && there === run.rows.length ? run : undefined;
  });
}

const blockers = ({ merchantNumber, merchantName, findings }: Row): string[] =>
  findings
    .filter(({ blocks }) => blocks)
    .map(({ code, message }) => `  ${merchantNumber} ${merchantName}: ${code}, ${message}`);

/** Every finalized invoice with its lines, by merchant and cut-off; what corrects one is not among them. */
export async function issuedInvoices({ as }: World): Promise<IssuedInvoice[]> {
  const all = await as.finance.list<IssuedInvoice & { state: string }>('/invoices?kind=invoice');
  const finalized = all.filter(({ state }) => state === 'finalized');
  const full = await Promise.all(finalized.map(({ id }) => as.finance.get<IssuedInvoice>(`/invoices/${id}`)));
  const key = ({ merchantNumber, cutoff, number }: IssuedInvoice) => `${merchantNumber} ${cutoff} ${number}`;
  return full.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
