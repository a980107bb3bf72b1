import type { FaceName } from './fonts.ts';

/** How a line of text looks; `size` and `tracking` in points. */
export interface TextStyle {
  face: FaceName;
  size: number;
  color: string;
  tracking?: number;
}

/** Millimetres. */
export const A4 = { width: 210, height: 297 } as const;

/** Text stands between these edges (DIN 5008: 25 mm left, 20 mm right). */
export const LEFT = 25;
export const RIGHT = 190;

export const COLORS = {
  ink: '#1A2226',
  grey: '#5E6A71',
  faint: '#C8D0D4',
  tint: '#F0F4F5',
  accent: '#17505E',
} as const;

const style = (size: number, face: FaceName = 'regular', color: string = COLORS.ink): TextStyle => ({
  face,
  size,
  color,
});

export const TYPE = {
  issuer: style(15, 'bold'),
  title: style(17, 'bold'),
  heading: style(10.5, 'bold', COLORS.accent),
  body: style(9),
  strong: style(9, 'bold'),
  detail: style(7.8, 'regular', COLORS.grey),
  label: style(8, 'regular', COLORS.grey),
  columnHead: style(7.5, 'bold', COLORS.grey),
  address: style(10),
  total: style(12.5, 'bold'),
  sender: style(6.5, 'regular', COLORS.grey),
  footer: style(6.6, 'regular', COLORS.grey),
  footerStrong: style(6.6, 'bold', COLORS.grey),
} as const;

/** Distance of two baselines in millimetres. */
export const pitch = (size: number): number => size * 0.3528 * 1.36;

/** Height of a line above its baseline, such that text of any size looks centred in its pitch; millimetres. */
export const ascent = (size: number): number => size * 0.3528 * 1.02;
