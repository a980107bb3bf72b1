import { SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeLanguage, currentLanguage, type Language } from '../i18n/texts.ts';

/** Language and colour scheme; on the log-in page, too. */
export function Preferences() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap="sm" px="sm" py="xs">
      <Stack gap={4}>
        <Text fz="sm" fw={500} id="language-label">
          {t('menu.language')}
        </Text>
        <SegmentedControl
          aria-labelledby="language-label"
          fullWidth
          size="md"
          value={currentLanguage()}
          onChange={(value) => void changeLanguage(value as Language)}
          data={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Stack>
      <Stack gap={4}>
        <Text fz="sm" fw={500} id="scheme-label">
          {t('menu.scheme')}
        </Text>
        <SegmentedControl
          aria-labelledby="scheme-label"
          fullWidth
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`menu.${value}`) }))}
        />
      </Stack>
    </Stack>
  );
}
