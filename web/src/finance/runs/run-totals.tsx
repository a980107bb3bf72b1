import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { Section } from '../../shared/section.tsx';
import { Change } from '../parts/change.tsx';
import { billedNetOfAll } from './compared-rows.ts';
import type { Run } from './run.ts';

/** What a run comes to, against the one a month before. */
export function RunTotals({ run, previous }: { run: Run; previous: Run | undefined }) {
  const { t } = useTranslation('finance');
  const { number } = useFormats();
  const { netMinor, grossMinor, currency, rows } = run;
  const blocked = rows.filter(({ state }) => state === 'parked').length;
  const charges = rows.reduce((sum, { chargeCount }) => sum + (chargeCount ?? 0), 0);
  return (
    <Section title={t('run.totals')}>
      <Facts
        facts={[
          [t('run.net'), <Money key="net" minor={netMinor} currency={currency} />],
          [t('run.gross'), <Money key="gross" minor={grossMinor} currency={currency} />],
          [
            t('run.change'),
            <Change
              key="change"
              minor={netMinor}
              beforeMinor={previous && billedNetOfAll(previous.rows)}
              currency={currency}
            />,
          ],
          [t('run.merchants'), <span key="merchants">{number(rows.length)}</span>],
          [t('run.charges'), <span key="charges">{number(charges)}</span>],
          [t('run.blocked'), <span key="blocked">{number(blocked)}</span>],
        ]}
      />
    </Section>
  );
}
