import { damageSvg } from './damages.ts';
import { PRODUCTS } from './products.ts';

export type Product =
  'sign' | 'parasol' | 'bunting' | 'doormat' | 'frame' | 'cutter' | 'bowl' | 'lantern' | 'heart' | 'bag' | 'box';
/** What lies on the table beside the goods of the sample. */
export type Motif = Product | 'satchel' | 'parcel';
export type Damage = 'none' | 'scratch' | 'dent' | 'crack' | 'chip' | 'stain' | 'tear';

/** Size of a drawn scene in pixels. */
export const WIDTH = 1_200;
export const HEIGHT = 900;

/**
 * A thing on a packing table as SVG: drawn, because real photos of damaged goods belong to somebody. Shapes only,
 * since text would need a font that is not on every machine.
 */
export function sceneSvg(motif: Motif, damage: Damage): string {
  const { shape, spot, rim = spot } = PRODUCTS[motif];
  const at = damage === 'chip' ? rim : spot;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<defs>
  <radialGradient id="light" cx="0.42" cy="0.35" r="0.8"><stop offset="0" stop-color="#fff" stop-opacity="0.42"/><stop offset="0.55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.45"/></radialGradient>
  <linearGradient id="metal" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f2ead2"/><stop offset="0.45" stop-color="#dccfa9"/><stop offset="0.55" stop-color="#efe6c9"/><stop offset="1" stop-color="#b8a984"/></linearGradient>
  <linearGradient id="steel" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="#eef1f3"/><stop offset="0.5" stop-color="#a9b2b8"/><stop offset="1" stop-color="#6d767c"/></linearGradient>
  <linearGradient id="glass" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#4f9fb5" stop-opacity="0.85"/><stop offset="0.3" stop-color="#d6f1f5" stop-opacity="0.9"/><stop offset="1" stop-color="#2f7f98" stop-opacity="0.9"/></linearGradient>
  <linearGradient id="card" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#cfa572"/><stop offset="1" stop-color="#a57b4a"/></linearGradient>
  <filter id="shadow" x="-20%" y="-20%" width="150%" height="150%"><feDropShadow dx="14" dy="20" stdDeviation="16" flood-color="#1c1408" flood-opacity="0.55"/></filter>
  <filter id="white"><feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  0 0 0 1 0"/></filter>
  <mask id="goods" maskUnits="userSpaceOnUse" x="0" y="0" width="${WIDTH}" height="${HEIGHT}"><g filter="url(#white)">${shape}</g></mask>
  <filter id="soft"><feGaussianBlur stdDeviation="7"/></filter>
</defs>
${table()}
<g filter="url(#shadow)">${shape}</g>
<g mask="url(#goods)"><g transform="translate(${at.x} ${at.y})">${damageSvg(motif, damage)}</g></g>
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#light)"/>
</svg>`;
}

/** A cutting mat on a wooden table. */
function table(): string {
  const boards = [0, 1, 2, 3, 4].map(
    (index) =>
      `<rect y="${index * 180}" width="1200" height="178" fill="${['#a98c63', '#9f8159', '#ad9169', '#987a53', '#a4875f'][index]}"/>`,
  );
  const grid = Array.from({ length: 20 }, (_, index) => 130 + index * 48).map(
    (x) => `<path d="M${x} 90V820M120 ${x - 50}H1090" stroke="#5f8478" stroke-width="1.4" opacity="0.7"/>`,
  );
  return `<rect width="1200" height="900" fill="#6b5236"/>${boards.join('')}
<rect x="110" y="80" width="990" height="750" rx="10" fill="#3f6a5d" transform="rotate(-1.4 600 450)"/>
<g clip-path="inset(0)" transform="rotate(-1.4 600 450)"><svg x="110" y="80" width="990" height="750" viewBox="110 80 990 750">${grid.join('')}</svg></g>`;
}
