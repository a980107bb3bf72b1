import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Whether poppler-utils are installed; tests that look at pages are reported as skipped else. */
export const hasPdftoppm = spawnSync('pdftoppm', ['-v']).error === undefined;

/** The pages of a PDF as PNG, at the resolution of a printer. */
export function printed(pdf: Uint8Array, dpi: number): Buffer[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-pages-'));
  try {
    const { status, stderr } = spawnSync('pdftoppm', ['-png', '-r', String(dpi), '-', path.join(folder, 'page')], {
      input: pdf,
    });
    if (status !== 0) throw new Error(`pdftoppm: ${stderr.toString()}`);
    return fs
      .readdirSync(folder)
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((page) => fs.readFileSync(path.join(folder, page)));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What a scanner reads on a picture: the text of every code, by kind. */
export async function scanned(picture: Uint8Array): Promise<{ format: string; text: string }[]> {
  // the module would be fetched from the web else
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(fs.readFileSync(wasm)).buffer } });
  const codes = await readBarcodes(picture, { formats: ['Code128', 'QRCode'], tryHarder: true });
  return codes.map(({ format, text }) => ({ format, text })).toSorted((a, b) => a.format.localeCompare(b.format));
}
