import { fetchFile } from '../../app/api/client.ts';
import type { FileRoute, Input } from '../../app/api/contract.ts';

const OPEN_FOR_MS = 60_000;

/** Opens a PDF of the API where it can be printed. The tab is opened at once, while the tap still counts as one. */
export async function openPdf<R extends FileRoute>(route: R, input: Input<R>): Promise<void> {
  const tab = window.open('about:blank', '_blank');
  try {
    const { blob } = await fetchFile(route, input);
    const url = URL.createObjectURL(blob);
    setTimeout(() => URL.revokeObjectURL(url), OPEN_FOR_MS);
    if (tab) tab.location.href = url;
    else window.location.href = url;
  } catch (error) {
    tab?.close();
    throw error;
  }
}
