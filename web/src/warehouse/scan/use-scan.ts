import { useEffect, useRef } from 'react';
import { createBurstListener } from './bursts.ts';

/** Takes a scanned code. @returns true when nobody else has to look at it */
export type ScanHandler = (code: string) => boolean;

const handlers: { current: ScanHandler }[] = [];

/** Hands a code to whoever listens, the page that was opened last first. */
export function scanned(code: string): void {
  [...handlers].reverse().some((handler) => handler.current(code));
}

/** Listens for codes of the scanner, the camera and the scan field while the component is shown. */
export function useScan(handler: ScanHandler): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const entry = {
      get current() {
        return latest.current;
      },
    };
    handlers.push(entry);
    return () => void handlers.splice(handlers.indexOf(entry), 1);
  }, []);
}

/** Lets a scanner that works as a keyboard be heard wherever the focus is; once, in the frame of the desk. */
export function useWedge(): void {
  useEffect(() => {
    const bursts = createBurstListener();
    /** What stood in the field before the scanner wrote into it. */
    let before: { field: Field; value: string } | undefined;
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const field = fieldOf(event.target);
      if (field?.dataset['scan'] !== undefined) return;
      const heard = bursts.press({ key: event.key, at: event.timeStamp, inField: field !== undefined });
      if (heard === undefined) before = field && { field, value: field.value };
      if (heard === undefined || heard === 'typing') return;
      event.preventDefault();
      event.stopPropagation();
      if (before) writeInto(before.field, before.value);
      scanned(heard.code);
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const fieldOf = (target: EventTarget | null): Field | undefined =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined;

/** React hears of a value only when it is set as the browser sets it. */
function writeInto(field: Field, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
