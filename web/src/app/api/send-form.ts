import { OfflineError } from './errors.ts';
import { noteAnswer } from './reachability.ts';

export interface FormAnswer {
  status: number;
  text: string;
  contentType: string | null;
  retryAfter: string | null;
}

/**
 * Sends a form with a file, telling how far it is, which `fetch` cannot.
 * @throws OfflineError without an answer; the signal's reason, or AbortError, when it was called off
 */
export function sendForm(
  method: string,
  url: string,
  form: FormData,
  headers: Record<string, string>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (share: number) => void },
): Promise<FormAnswer> {
  return new Promise((resolve, reject) => {
    // it may have been called off while the log-in was renewed, and then nobody would abort it any more
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? loaded / total : 0);
    request.onload = () => {
      noteAnswer(true);
      const header = (name: string) => request.getResponseHeader(name);
      const { status, responseText: text } = request;
      resolve({ status, text, contentType: header('content-type'), retryAfter: header('retry-after') });
    };
    request.onerror = request.ontimeout = () => {
      noteAnswer(false);
      reject(new OfflineError());
    };
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
