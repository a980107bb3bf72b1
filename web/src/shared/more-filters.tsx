import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filter-bar.module.css';

interface MoreFiltersProps {
  /** So many of them are set. */
  count: number;
  children: ReactNode;
}

/**
 * Folds filters away on a phone and says how many of them are set. It opens by itself when one comes to be set, because
 * a list that is short for a reason nobody sees looks wrong; it closes by hand alone.
 */
export function MoreFilters({ count, children }: MoreFiltersProps) {
  const { t } = useTranslation();
  const id = useId();
  const isSet = count > 0;
  const [was, setWas] = useState({ isOpen: isSet, isSet });
  if (was.isSet !== isSet) setWas({ isOpen: was.isOpen || isSet, isSet });
  const Chevron = was.isOpen ? IconChevronUp : IconChevronDown;
  return (
    <>
      <Button
        className={classes.more}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
        rightSection={<Chevron size={18} aria-hidden />}
        aria-expanded={was.isOpen}
        aria-controls={id}
        onClick={() => setWas({ isOpen: !was.isOpen, isSet })}
      >
        {isSet ? t('action.moreFiltersSet', { count }) : t('action.moreFilters')}
      </Button>
      <div id={id} className={classes.folded} data-open={was.isOpen || undefined}>
        {children}
      </div>
    </>
  );
}
