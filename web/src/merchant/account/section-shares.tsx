import { Group, Text } from '@mantine/core';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import classes from './account.module.css';

type Section = Output<'GET /merchants/{id}/account'>['sections'][number];

/** How the sum is made up: a bar per section, the figures beside it. */
export function SectionShares({ sections, currency }: { sections: readonly Section[]; currency: string }) {
  const { sectionOf } = useChargeWords();
  const { percent } = useFormats();
  // credits have no length
  const positive = sections.map(({ netMinor }) => Math.max(0, netMinor));
  const most = Math.max(1, ...positive);
  const total = positive.reduce((sum, minor) => sum + minor, 0);
  return (
    <ul className={classes.shares}>
      {sections.map(({ section, netMinor }, index) => (
        <li key={section}>
          <Group justify="space-between" gap="xs">
            <Text fz="sm">{sectionOf(section)}</Text>
            <Text fz="sm" fw={600}>
              <Money minor={netMinor} currency={currency} />
              {total > 0 && (
                <Text span c="dimmed" fz="sm" className="tabular">
                  {' '}
                  · {percent(positive[index]! / total)}
                </Text>
              )}
            </Text>
          </Group>
          <div className={classes.track} aria-hidden>
            <div className={classes.bar} style={{ width: `${(positive[index]! / most) * 100}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
