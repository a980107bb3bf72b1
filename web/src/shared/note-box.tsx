import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { TONE_ICON, type Tone } from './tone.ts';
import classes from './note-box.module.css';

export interface NoteBoxProps {
  tone: Tone;
  title?: string;
  children?: ReactNode;
}

/** A sentence that must not be overlooked, on the ground of its tone. */
export function NoteBox({ tone, title, children }: NoteBoxProps) {
  const Glyph = TONE_ICON[tone];
  return (
    <div className={classes.box} data-tone={tone} role={tone === 'bad' || tone === 'warn' ? 'alert' : 'status'}>
      <Glyph size={22} aria-hidden />
      <div className={classes.words}>
        {title && <Text fw={650}>{title}</Text>}
        {children}
      </div>
    </div>
  );
}
