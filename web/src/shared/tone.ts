import type { Icon } from '@tabler/icons-react';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconClock, IconX } from '@tabler/icons-react';

/** What a state means for whoever looks at it. Colour, icon and word say the same. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

export const TONE_ICON: Record<Tone, Icon> = {
  good: IconCheck,
  warn: IconAlertTriangle,
  bad: IconX,
  info: IconClock,
  quiet: IconCircleDashed,
};

/** Colours with enough contrast in both schemes (app/theme/theme.ts). */
export const toneColors = (tone: Tone) => ({ c: `var(--k-${tone})`, bg: `var(--k-${tone}-ground)` });
