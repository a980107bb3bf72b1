import { Anchor } from '@mantine/core';
import { Fragment } from 'react';
import classes from './message-text.module.css';

const ADDRESS = /(https?:\/\/[^\s<>()]+)/;

/** The text of a mail with its links; what it says is shown as text and never as markup. */
export function MessageText({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      {text.split(ADDRESS).map((part, index) =>
        ADDRESS.test(part) ? (
          <Anchor key={index} href={part} target="_blank" rel="noreferrer" underline="always">
            {part}
          </Anchor>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </div>
  );
}
