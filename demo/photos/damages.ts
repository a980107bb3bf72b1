import type { Damage, Motif } from './scenes.ts';

const CRUSHED_CORNER = `<path d="M-60-60L150-125L140 130L60 60Z" fill="#6d4d28" opacity="0.85"/><path d="M-60-60L60 60M10-80L70 20M-10-20L130 90M80-105L100 40" stroke="#3f2b13" stroke-width="6" opacity="0.8"/>
<path d="M-30-40L40 30L20 60L-50 0Z" fill="#e2c296" opacity="0.8"/>`;
const WET = `<g filter="url(#soft)"><path d="M-260 130q120-90 240-20t190 90q-40 150-210 140t-220-210z" fill="#5d4222" opacity="0.55"/></g><path d="M-250 135q120-85 235-18t180 92" fill="none" stroke="#4b3419" stroke-width="4" opacity="0.55"/>`;

const PARCEL: Record<Damage, string> = {
  none: '',
  scratch: '',
  stain: WET,
  dent: CRUSHED_CORNER,
  crack: CRUSHED_CORNER,
  chip: CRUSHED_CORNER,
  tear: WET,
};

const GOODS: Record<Damage, string> = {
  none: '',
  scratch: `<path d="M-80 60Q0 0 90-70M-60 80Q10 30 60-20" fill="none" stroke="#fbfbf7" stroke-width="5" opacity="0.9"/><path d="M-78 64Q2 4 92-66" fill="none" stroke="#4a4236" stroke-width="2.5"/>`,
  dent: `<g filter="url(#soft)"><ellipse rx="85" ry="58" fill="#1d1710" opacity="0.55"/><ellipse cx="-18" cy="-16" rx="58" ry="34" fill="#fff" opacity="0.5"/></g><path d="M-85 20Q-10-30 90-12M-40 50Q0 10 60 26" fill="none" stroke="#332a1e" stroke-width="5"/><path d="M40-30l26-18l8 26z" fill="#8c7a5d"/>`,
  crack: `<path d="M0 0L-60-90L-40-150L-110-210M0 0L90-60L150-50L200-120M0 0L70 90L60 150L130 200M0 0L-90 60L-130 50L-200 110M-60-90L20-120M90-60L110 20L70 90M-90 60L-20 110L70 90" fill="none" stroke="#f4fbfb" stroke-width="6"/>
<path d="M2 3L-58-87L-38-147L-108-207M2 3L92-57L152-47M2 3L72 93L62 153M2 3L-88 63L-128 53" fill="none" stroke="#2c3a3c" stroke-width="2.5"/><path d="M0 0L-60-90L20-120L90-60Z" fill="#16201f" opacity="0.3"/>`,
  chip: `<path d="M-40-30L10-52L58-18L40 28L-14 36L-48 8Z" fill="#f8f4ee"/><path d="M-40-30L10-52L58-18L40 28L-14 36L-48 8Z" fill="none" stroke="#5b4a42" stroke-width="4"/><path d="M120 190l30-14l12 26l-26 16z" fill="#f0e4df" stroke="#6d5a52" stroke-width="3"/>`,
  stain: `<g filter="url(#soft)"><path d="M-110 10q20-80 110-70t110 60q10 80-80 80t-140-70z" fill="#4c3a1c" opacity="0.62"/><circle cx="130" cy="70" r="26" fill="#4c3a1c" opacity="0.55"/></g><path d="M-98 12q20-70 100-60t98 54" fill="none" stroke="#33260f" stroke-width="4" opacity="0.45"/>`,
  tear: `<path d="M-90-70L-40-30L-60-10L0 20L-14 44L60 90L20 60L44 40L-16 6L6-14L-60-50Z" fill="#1b1712"/><path d="M-90-70L-40-30L-60-10L0 20L-14 44L60 90" fill="none" stroke="#f3ead9" stroke-width="4"/><path d="M60 90q30 30 20 70M56 92q50 10 70 50" fill="none" stroke="#e8dcc6" stroke-width="3"/>`,
};

/** Damage as SVG around the point (0, 0). */
export const damageSvg = (motif: Motif, damage: Damage): string => (motif === 'parcel' ? PARCEL : GOODS)[damage];
