import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import type { StorageDay } from './days.ts';
import classes from './month-grid.module.css';

export interface MonthGridProps {
  days: readonly StorageDay[];
  chosen: string | undefined;
  onChoose: (day: string) => void;
}

/** A month of storage evidence, a cell per day, weeks beginning on Monday. */
export function MonthGrid({ days, chosen, onChoose }: MonthGridProps) {
  const { t } = useTranslation('finance');
  const { day: dayWords } = useFormats();
  const blanks = (new Date(`${days[0]!.day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return (
    <ul className={classes.grid} aria-label={t('storage.days')}>
      {Array.from({ length: blanks }, (_, index) => (
        <li key={`blank-${index}`} className={classes.blank} aria-hidden />
      ))}
      {days.map((one) => (
        <li key={one.day}>
          <UnstyledButton
            className={classes.day}
            data-kind={one.kind}
            aria-pressed={chosen === one.day}
            onClick={() => onChoose(one.day)}
          >
            <span className={classes.number} aria-label={dayWords(one.day)}>
              {Number(one.day.slice(8))}
            </span>
            <Contents day={one} />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

function Contents({ day: { kind, snapshots, silent } }: { day: StorageDay }) {
  const { t } = useTranslation('finance');
  const { number } = useFormats();
  if (kind !== 'recorded' && !snapshots.length) return <span>{t(`storage.kinds.${kind}`)}</span>;
  const lines = snapshots.reduce((sum, one) => sum + one.lines, 0);
  const pieces = snapshots.reduce((sum, one) => sum + Number(one.quantity), 0);
  return (
    <>
      {lines > 0 ? (
        <>
          <span className="tabular">{t('storage.pieces', { count: pieces, shown: number(pieces) })}</span>
          <span className="tabular">{t('storage.bins', { count: lines })}</span>
        </>
      ) : (
        <span>{t('storage.isEmpty')}</span>
      )}
      {snapshots.some(({ source }) => source === 'reconstructed') && <span>{t('storage.isRebuilt')}</span>}
      {silent.length > 0 && (
        <span className={classes.silent}>{t('storage.isSilent', { names: silent.join(', ') })}</span>
      )}
    </>
  );
}
