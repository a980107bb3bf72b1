import { ActionIcon } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filter-fold.module.css';

export interface FilterFoldProps {
  /** What stands in the row above: the choice of a list. */
  choice: ReactNode;
  /** Something is filtered, so that the filters are seen. */
  isFiltered: boolean;
  children: ReactNode;
}

/** The head of a list. On a phone it is one row, and the filters come at a tap, so that the list itself is in sight. */
export function FilterFold({ choice, isFiltered, children }: FilterFoldProps) {
  const { t } = useTranslation('warehouse');
  const id = useId();
  const [open, setOpen] = useState(isFiltered);
  return (
    <>
      <div className={classes.row}>
        <div className={classes.choice}>{choice}</div>
        <ActionIcon
          className={classes.tap}
          size={52}
          variant={open || isFiltered ? 'light' : 'default'}
          aria-label={t('list.filters')}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <IconFilter size={24} aria-hidden />
        </ActionIcon>
      </div>
      <div id={id} className={classes.filters} data-open={open || undefined}>
        {children}
      </div>
    </>
  );
}
