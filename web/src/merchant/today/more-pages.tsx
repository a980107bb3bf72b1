import { Box, Button, SimpleGrid, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { merchantNav } from '../nav.ts';

/** The bar of a phone has room for so many. */
const IN_BAR = 5;

/** The pages that a phone has no room for in its bar. */
export function MorePages() {
  const { t } = useTranslation('merchant');
  return (
    <Box component="nav" hiddenFrom="sm" mt="xl" aria-label={t('today.more')}>
      <Title order={2} size="h4" mb="sm">
        {t('today.more')}
      </Title>
      <SimpleGrid cols={2} spacing="sm">
        {merchantNav.slice(IN_BAR).map(({ to, label, icon: Icon }) => (
          <Button
            key={to}
            component={Link}
            to={to}
            variant="default"
            size="lg"
            px="sm"
            justify="flex-start"
            leftSection={<Icon size={20} aria-hidden />}
            fz="sm"
          >
            {t(label as never) as string}
          </Button>
        ))}
      </SimpleGrid>
    </Box>
  );
}
