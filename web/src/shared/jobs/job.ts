import { useTranslation } from 'react-i18next';
import type { ItemOf, Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import type { Tone } from '../tone.ts';

export type Job = Output<'GET /special-jobs/{id}'>;
export type JobItem = ItemOf<'GET /special-jobs'>;
export type JobUnit = Job['unit'];

/** What a state means for whoever looks at a job. */
export const JOB_TONE: Record<Job['state'], Tone> = {
  open: 'info',
  awaiting_approval: 'warn',
  declined: 'bad',
  signed_off: 'good',
  cancelled: 'quiet',
};

/** A quantity with its unit: "45 Minuten". */
export function useAmount(): (quantity: string, unit: JobUnit) => string {
  const { t } = useTranslation('jobs');
  const { number } = useFormats();
  return (quantity, unit) => t(`unit.${unit}`, { count: Number(quantity), number: number(Number(quantity)) });
}

/** What was worked, in the words of the job: minutes, pieces, or both. */
export function useWorked(): (job: Pick<JobItem, 'workedMinutes' | 'workedPieces'>) => string | undefined {
  const { t } = useTranslation('jobs');
  return ({ workedMinutes, workedPieces }) =>
    [
      workedMinutes === null ? undefined : t('work.minutesOf', { count: workedMinutes }),
      workedPieces === null ? undefined : t('work.piecesOf', { count: workedPieces }),
    ]
      .filter(Boolean)
      .join(' · ') || undefined;
}

/** What a sign-off suggests: what was worked in the unit of the job, else the estimate; as `signOff` of the API does. */
export function suggestedQuantity(job: Pick<JobItem, 'unit' | 'workedMinutes' | 'workedPieces' | 'quantity'>): number {
  const worked = { piece: job.workedPieces, minute: job.workedMinutes, hour: job.workedMinutes, job: null }[job.unit];
  if (worked === null) return Number(job.quantity);
  return job.unit === 'hour' ? Math.round((worked / 60) * 1_000_000) / 1_000_000 : worked;
}

/** As the API takes it: at most six places, no exponent. */
export const asQuantity = (value: number): string => value.toFixed(6).replace(/\.?0+$/, '');

/** States of a job that has not ended. */
export const OPEN_STATES = ['open', 'awaiting_approval', 'declined'] as const satisfies readonly Job['state'][];
