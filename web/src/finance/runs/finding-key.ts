import type { Finding } from './run.ts';

/** The text of a finding below `finding.`; of some codes several things are said, told apart by what the API knows. */
export function findingKey({ code, data }: Pick<Finding, 'code' | 'data'>): string {
  switch (code) {
    case 'STEP_FAILED':
      return data?.['then'] ? `${code}_${String(data['then'])}` : code;
    case 'EARLIER_RUN_OPEN':
      return data?.['included'] ? `${code}_included` : code;
    case 'CARRIED_FORWARD':
      if (data?.['besideInvoice']) return `${code}_beside`;
      return Number(data?.['grossMinor'] ?? 0) < 0 ? code : `${code}_nothing`;
    default:
      return code;
  }
}
