import type { Motif } from './scenes.ts';

interface Drawing {
  /** SVG within a scene. */
  shape: string;
  /** Where damage shows. */
  spot: { x: number; y: number };
  /** Where an edge can chip; the spot without it. */
  rim?: { x: number; y: number };
}

const HEART = 'M0 60C-20 20-150-10-150-110C-150-200-40-220 0-130C40-220 150-200 150-110C150-10 20 20 0 60Z';

const star = (cx: number, cy: number, outer: number): string =>
  Array.from({ length: 12 }, (_, index) => {
    const radius = index % 2 ? outer * 0.58 : outer;
    const angle = (index * Math.PI) / 6;
    return `${index ? 'L' : 'M'}${(cx + radius * Math.sin(angle)).toFixed(1)} ${(cy - radius * Math.cos(angle)).toFixed(1)}`;
  }).join('') + 'Z';

const barcode = (x: number, y: number): string =>
  Array.from({ length: 34 }, (_, index) => {
    const width = [2, 4, 3, 6, 2, 5][(index * 7) % 6]!;
    return `<rect x="${x + index * 7}" y="${y}" width="${width}" height="70" fill="#161616"/>`;
  }).join('');

const lines = (x: number, y: number, widths: readonly number[], colour: string, height = 9): string =>
  widths
    .map(
      (width, index) =>
        `<rect x="${x}" y="${y + index * height * 2.3}" width="${width}" height="${height}" rx="3" fill="${colour}"/>`,
    )
    .join('');

const PENNANTS = ['#c8443c', '#f0e2c4', '#3f7fa8', '#e2a53a', '#c8443c', '#5c9a62', '#f0e2c4'];
const RIBS = Array.from({ length: 16 }, (_, index) => (index * Math.PI) / 8);

/** Everything that lies on the table of the demo. */
export const PRODUCTS: Record<Motif, Drawing> = {
  parcel: {
    spot: { x: 815, y: 285 },
    shape: `<path d="M250 190L930 170L970 700L230 720Z" fill="url(#card)"/><path d="M250 190L930 170L934 225L246 246Z" fill="#fff" opacity="0.12"/>
<path d="M556 181L640 179L650 709L560 712Z" fill="#d9b98a" opacity="0.8"/><path d="M240 440L950 424" stroke="#7d5a31" stroke-width="4" opacity="0.6"/>
<g transform="rotate(-3 430 590)"><rect x="290" y="480" width="290" height="200" fill="#f7f6f1"/>${barcode(310, 590)}${lines(310, 500, [180, 220, 140], '#3b3b3b')}</g>`,
  },
  box: {
    spot: { x: 650, y: 440 },
    shape: `<g transform="rotate(-6 600 450)"><path d="M360 260L430 200H870L840 260Z" fill="#5f8fa3"/><path d="M840 260L870 200V600L840 690Z" fill="#3c667a"/><rect x="360" y="260" width="480" height="430" fill="#7fb0c2"/>
<rect x="392" y="300" width="416" height="60" rx="6" fill="#f5efe2"/>${lines(420, 316, [250, 180], '#41606e', 12)}<rect x="420" y="400" width="360" height="230" rx="14" fill="#eaf4f6"/><circle cx="520" cy="515" r="70" fill="#e7b5a6"/><path d="M590 600l70-140 80 140z" fill="#9cc3a5"/></g>`,
  },
  sign: {
    spot: { x: 760, y: 330 },
    shape: `<g transform="rotate(4 600 450)"><path d="M420 250Q600 130 780 250" fill="none" stroke="#7b6a4a" stroke-width="6"/><rect x="340" y="250" width="520" height="390" rx="26" fill="url(#metal)"/>
<rect x="362" y="272" width="476" height="346" rx="18" fill="none" stroke="#7a2f28" stroke-width="8"/><circle cx="420" cy="262" r="9" fill="#5b5140"/><circle cx="780" cy="262" r="9" fill="#5b5140"/>
${lines(450, 340, [300, 240, 300], '#6d2a24', 26)}${lines(500, 540, [200], '#3e5d6b', 16)}</g>`,
  },
  parasol: {
    spot: { x: 690, y: 400 },
    shape: `<path d="M600 450L905 800" stroke="#5a3b20" stroke-width="18" stroke-linecap="round"/><path d="M895 790q40 50 80 5" stroke="#5a3b20" stroke-width="18" fill="none" stroke-linecap="round"/>
<circle cx="570" cy="420" r="290" fill="#e9dcc3"/>${RIBS.map((angle, index) => `<path d="M570 420L${(570 + 300 * Math.sin(angle)).toFixed(0)} ${(420 + 300 * Math.cos(angle)).toFixed(0)}" stroke="${index % 2 ? '#b79f78' : '#d8c7a6'}" stroke-width="7"/>`).join('')}
<circle cx="570" cy="420" r="290" fill="none" stroke="#b39468" stroke-width="12" stroke-dasharray="10 8"/><circle cx="570" cy="420" r="20" fill="#6b4a29"/>`,
  },
  bunting: {
    spot: { x: 620, y: 480 },
    shape: `<path d="M150 300Q400 430 620 400T1060 330" fill="none" stroke="#efe9dc" stroke-width="12"/>
${PENNANTS.map((colour, index) => `<g transform="translate(${190 + index * 125} ${[335, 372, 398, 405, 398, 383, 362][index]}) rotate(${[14, 9, 4, -1, -4, -7, -8][index]})"><path d="M-52 0H52L0 165Z" fill="${colour}"/>${index % 2 ? '<circle cx="0" cy="40" r="9" fill="#b0433a"/><circle cx="-22" cy="20" r="6" fill="#b0433a"/><circle cx="22" cy="20" r="6" fill="#b0433a"/>' : '<path d="M-42 16H42M-32 46H32M-20 80H20" stroke="#fff" stroke-opacity="0.5" stroke-width="7"/>'}</g>`).join('')}`,
  },
  doormat: {
    spot: { x: 720, y: 520 },
    shape: `<g transform="rotate(-4 600 450)"><rect x="240" y="230" width="730" height="440" rx="14" fill="#2f2a25"/><rect x="254" y="244" width="702" height="412" rx="8" fill="#a9814f"/>
${Array.from({ length: 34 }, (_, index) => `<path d="M254 ${252 + index * 12}H956" stroke="${index % 2 ? '#8f6a3c' : '#bd955f'}" stroke-width="4" stroke-dasharray="${5 + (index % 4)} 4"/>`).join('')}
<g fill="#7b2d2a"><path transform="translate(420 490) scale(0.72)" d="${HEART}"/><path transform="translate(605 490) scale(0.72)" d="${HEART}"/><path transform="translate(790 490) scale(0.72)" d="${HEART}"/></g></g>`,
  },
  frame: {
    spot: { x: 620, y: 430 },
    shape: `<g transform="rotate(3 600 450)"><rect x="330" y="150" width="540" height="610" fill="#e8e2d4"/><rect x="345" y="165" width="510" height="580" fill="none" stroke="#c9c0ab" stroke-width="6"/>
<rect x="405" y="225" width="390" height="460" fill="#c7d2d3"/><path d="M405 225L640 225L405 560Z" fill="#fff" opacity="0.35"/><path d="M330 150L405 225M870 150L795 225M330 760L405 685M870 760L795 685" stroke="#a89e88" stroke-width="4"/>
<path d="M470 600q70-160 140-60t120-40v160h-260z" fill="#7d9a86" opacity="0.75"/><circle cx="690" cy="330" r="44" fill="#e6c77c" opacity="0.8"/></g>`,
  },
  cutter: {
    spot: { x: 760, y: 540 },
    shape: `<g fill="none" stroke="url(#steel)" stroke-width="26" stroke-linejoin="round"><path transform="translate(400 400) scale(1.05)" d="${HEART}"/><path d="${star(770, 330, 150)}"/><path transform="translate(690 690) scale(0.8)" d="${HEART}"/></g>
<g fill="none" stroke="#fff" stroke-opacity="0.55" stroke-width="5"><path transform="translate(397 395) scale(1.05)" d="${HEART}"/><path d="${star(767, 326, 150)}"/><path transform="translate(687 686) scale(0.8)" d="${HEART}"/></g>`,
  },
  bowl: {
    spot: { x: 700, y: 400 },
    rim: { x: 836, y: 268 },
    shape: `<ellipse cx="600" cy="460" rx="330" ry="270" fill="#f4e7e4"/><ellipse cx="600" cy="448" rx="300" ry="238" fill="#d9a7a6"/><ellipse cx="600" cy="462" rx="282" ry="216" fill="#efd2cf"/>
<ellipse cx="600" cy="510" rx="150" ry="95" fill="#e3bcb9"/>${Array.from({ length: 12 }, (_, index) => `<circle cx="${(600 + 305 * Math.cos(index * 0.5236)).toFixed(0)}" cy="${(455 + 246 * Math.sin(index * 0.5236)).toFixed(0)}" r="15" fill="#a94f5c"/>`).join('')}<path d="M400 340q90-90 230-80" stroke="#fff" stroke-width="14" fill="none" opacity="0.7" stroke-linecap="round"/>`,
  },
  lantern: {
    spot: { x: 640, y: 430 },
    rim: { x: 738, y: 262 },
    shape: `<path d="M470 250Q600 60 730 250" fill="none" stroke="#4a4a48" stroke-width="9"/><path d="M450 250H750L775 640Q600 730 425 640Z" fill="url(#glass)"/>
<ellipse cx="600" cy="250" rx="150" ry="38" fill="#bfe3ea" stroke="#3f3f3d" stroke-width="10"/><path d="M500 300V620" stroke="#fff" stroke-width="18" opacity="0.55" stroke-linecap="round"/><ellipse cx="600" cy="610" rx="105" ry="36" fill="#ece9de"/><path d="M600 610v-44" stroke="#333" stroke-width="5"/>`,
  },
  heart: {
    spot: { x: 650, y: 420 },
    shape: `<path d="M600 240Q560 120 640 90" fill="none" stroke="#8b7a5c" stroke-width="9"/><path transform="translate(600 610) scale(1.75)" d="${HEART}" fill="#f3efe6"/>
<path transform="translate(600 585) scale(1.5)" d="${HEART}" fill="none" stroke="#cfc6b4" stroke-width="9"/><circle cx="600" cy="440" r="88" fill="#d8d2c4"/><circle cx="600" cy="440" r="72" fill="#e8c98b"/><path d="M600 440v-36" stroke="#3d3a35" stroke-width="6"/>`,
  },
  bag: {
    spot: { x: 640, y: 540 },
    shape: `<path d="M450 290Q470 90 600 110T750 290" fill="none" stroke="#7b1f25" stroke-width="26"/><path d="M330 280Q600 240 870 280L910 750Q600 800 290 750Z" fill="#b9353c"/>
${Array.from({ length: 28 }, (_, index) => `<circle cx="${370 + (index % 7) * 80 + (Math.floor(index / 7) % 2) * 34}" cy="${345 + Math.floor(index / 7) * 108}" r="26" fill="#f6efe6"/>`).join('')}<path d="M330 280Q600 320 870 280" fill="none" stroke="#6d191f" stroke-width="7"/>`,
  },
  satchel: {
    spot: { x: 610, y: 430 },
    shape: `<path d="M300 330Q250 70 600 90T900 330" fill="none" stroke="#4a3a26" stroke-width="34"/><path d="M300 330Q250 70 600 90T900 330" fill="none" stroke="#8a7350" stroke-width="5" stroke-dasharray="16 10"/>
<rect x="270" y="300" width="660" height="430" rx="46" fill="#566347"/><path d="M270 346Q270 300 316 300H884Q930 300 930 346V520Q930 580 870 580H330Q270 580 270 520Z" fill="#71805c"/>
<path d="M288 350V518Q288 562 332 562H868Q912 562 912 518V350" fill="none" stroke="#c9c2a0" stroke-width="4" stroke-dasharray="12 9"/>
${[400, 750].map((x) => `<rect x="${x}" y="470" width="50" height="190" rx="8" fill="#5c4529"/><rect x="${x - 9}" y="560" width="68" height="54" rx="8" fill="none" stroke="url(#steel)" stroke-width="10"/>`).join('')}<rect x="545" y="640" width="110" height="54" rx="6" fill="#c9c2a0"/>`,
  },
};
