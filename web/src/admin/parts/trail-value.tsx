import { CopyButton, UnstyledButton } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { shortId, valuesOf } from './audit-value.ts';
import { useAuditWords } from './audit-words.ts';
import classes from './trail.module.css';

export interface TrailValueProps {
  path: string;
  entity: string;
  value: string;
}

/** A value of the audit trail as people read it; the whole of an id is copied by a click. */
export function TrailValue({ path, entity, value }: TrailValueProps) {
  const { textOf, instantOf, dayOf } = useAuditWords();
  return valuesOf(value).map(({ kind, text }, index) => (
    <Fragment key={`${index}-${text}`}>
      {index > 0 && ', '}
      {kind === 'id' && <ShortId id={text} />}
      {kind === 'instant' && <time dateTime={text}>{instantOf(text)}</time>}
      {kind === 'day' && <time dateTime={text}>{dayOf(text)}</time>}
      {kind === 'text' && textOf(path, entity, text)}
    </Fragment>
  ));
}

function ShortId({ id }: { id: string }) {
  const { t } = useTranslation('admin');
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <UnstyledButton className={classes.id} title={id} aria-label={t('trail.copy', { id })} onClick={copy}>
          {copied ? t('trail.copied') : shortId(id)}
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
