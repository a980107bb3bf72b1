import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import type { Column } from '../data-list.tsx';
import { Day } from '../date-time.tsx';
import { DownloadButton } from '../download-button.tsx';
import { Money } from '../money.tsx';
import { LetterBadge } from './letter-badge.tsx';
import { useLevelWords } from './level-words.ts';

export type DunningLetter = ItemOf<'GET /dunning-letters'>;

/** Dunning letters as lists show them; a merchant needs neither its own name nor whether it got what it sees. */
export function useLetterColumns({ forHouse }: { forHouse: boolean }): Column<DunningLetter>[] {
  const { t } = useTranslation('dunning');
  const level = useLevelWords();
  const numbers = ({ invoices }: DunningLetter) => invoices.map(({ number }) => number).join(', ');
  const merchant: Column<DunningLetter> = {
    ...{ key: 'merchant', label: t('merchant'), csv: ({ merchantName }) => merchantName },
    render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
  };
  const delivery: Column<DunningLetter> = {
    ...{ key: 'delivery', label: t('letter.delivery') },
    render: (letter) => <LetterBadge letter={letter} />,
    csv: ({ document, delivery: arrived }) =>
      arrived ? t(`letter.deliveries.${arrived}`) : t(`letter.documents.${document}`),
  };
  return [
    { key: 'number', label: t('letter.number'), render: ({ number }) => number, csv: ({ number }) => number },
    ...(forHouse ? [merchant] : []),
    { key: 'level', label: t('run.level'), render: (row) => level(row.level), csv: (row) => row.level },
    {
      ...{ key: 'issued', label: t('letter.issued'), csv: ({ issueDate }) => issueDate },
      render: ({ issueDate }) => <Day on={issueDate} />,
    },
    {
      ...{ key: 'payBy', label: t('letter.payBy'), csv: ({ payBy }) => payBy },
      render: ({ payBy }) => <Day on={payBy} />,
    },
    { key: 'invoices', label: t('letter.invoices'), render: numbers, csv: numbers },
    {
      ...{
        key: 'claims',
        label: t('letter.claims'),
        numeric: true,
        hidden: true,
        csv: ({ claimsMinor }) => claimsMinor / 100,
      },
      render: ({ claimsMinor }) => <Money minor={claimsMinor} />,
    },
    {
      ...{ key: 'total', label: t('letter.total'), numeric: true, csv: ({ totalMinor }) => totalMinor / 100 },
      render: ({ totalMinor }) => <Money minor={totalMinor} />,
    },
    ...(forHouse ? [delivery] : []),
    { key: 'pdf', label: t('letter.pdf'), render: (row) => <Pdf letter={row} /> },
  ];
}

function Pdf({ letter: { id, number, document } }: { letter: DunningLetter }) {
  const { t } = useTranslation('dunning');
  if (document !== 'ready') return <>–</>;
  return (
    <DownloadButton
      route="GET /dunning-letters/{id}/document.pdf"
      input={{ id }}
      size="xs"
      aria-label={t('letter.pdfOf', { number })}
    >
      {t('letter.pdf')}
    </DownloadButton>
  );
}
