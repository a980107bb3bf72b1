/** Sounds and vibration, so that nobody has to look at the screen after every scan. */

const MUTED_KEY = 'kontor.warehouse.muted';
let context: AudioContext | undefined;

export const isMuted = (): boolean => localStorage.getItem(MUTED_KEY) === 'yes';
export const setMuted = (muted: boolean): void => localStorage.setItem(MUTED_KEY, muted ? 'yes' : 'no');

/** Two rising notes and a short buzz. */
export function signalSuccess(): void {
  play([
    { hertz: 880, fromS: 0, lengthS: 0.09 },
    { hertz: 1318, fromS: 0.09, lengthS: 0.12 },
  ]);
  vibrate([40]);
}

/** A low double note and a long buzz: it must not be missed beside a conveyor. */
export function signalError(): void {
  play([
    { hertz: 220, fromS: 0, lengthS: 0.18 },
    { hertz: 196, fromS: 0.24, lengthS: 0.28 },
  ]);
  vibrate([160, 80, 160]);
}

interface Note {
  hertz: number;
  fromS: number;
  lengthS: number;
}

const LOUDNESS = 0.25;
const FADE_S = 0.015;

function play(notes: readonly Note[]): void {
  if (isMuted() || !('AudioContext' in globalThis)) return;
  context ??= new AudioContext();
  // a browser lets nothing sound before the first tap
  void context.resume().catch(() => undefined);
  for (const { hertz, fromS, lengthS } of notes) {
    const from = context.currentTime + fromS;
    const tone = new OscillatorNode(context, { frequency: hertz, type: 'triangle' });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setTargetAtTime(LOUDNESS, from, FADE_S);
    volume.gain.setTargetAtTime(0, from + lengthS - FADE_S, FADE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + lengthS + FADE_S * 4);
  }
}

function vibrate(pattern: number[]): void {
  if (!isMuted() && 'vibrate' in navigator) navigator.vibrate(pattern);
}
