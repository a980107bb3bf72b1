/** Something of known height that is never split. Lengths are millimetres. */
export interface Block {
  height: number;
  draw(top: number): void;
  /** Never left as the last thing on a page: headings, the last row before its sum. */
  keepWithNext?: boolean;
  /** Drawn first when this block begins a new page: the table's head, the heading being continued. */
  repeat?: readonly Block[];
}

export interface Frame {
  /** Where the first page's flow begins. */
  top: number;
  /** No block is drawn below it, on any page. */
  bottom: number;
  /** Opens the next page. @returns the top of its flow */
  openPage(): number;
}

export const gap = (height: number): Block => ({ height, draw: () => {} });

/**
 * Sets blocks one below the other over as many pages as they need. Blocks chained by `keepWithNext` go to the next
 * page together, unless they are higher than a page.
 * @returns where the flow ends on the last page
 */
export function flow(blocks: readonly Block[], frame: Frame): number {
  let y = frame.top;
  let pageTop = frame.top;
  const breakBefore = (block: Block) => {
    y = frame.openPage();
    for (const repeated of block.repeat ?? []) {
      repeated.draw(y);
      y += repeated.height;
    }
    pageTop = y;
  };
  for (const chain of chains(blocks)) {
    if (y + heightOf(chain) > frame.bottom && y > pageTop) breakBefore(chain[0]!);
    for (const block of chain) {
      if (y + block.height > frame.bottom && y > pageTop) breakBefore(block);
      block.draw(y);
      y += block.height;
    }
  }
  return y;
}

/**
 * How many pages a flow takes, without drawing it.
 * @param frame  `nextTop` is where the flow of every further page begins
 */
export function pagesOf(blocks: readonly Block[], frame: { top: number; nextTop: number; bottom: number }): number {
  let pages = 1;
  const openPage = () => {
    pages += 1;
    return frame.nextTop;
  };
  flow(blocks.map(undrawn), { ...frame, openPage });
  return pages;
}

const undrawn = ({ repeat, ...block }: Block): Block => ({
  ...block,
  draw: () => {},
  ...(repeat ? { repeat: repeat.map(undrawn) } : {}),
});

export const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + block.height, 0);

function chains(blocks: readonly Block[]): Block[][] {
  const result: Block[][] = [];
  let open = false;
  for (const block of blocks) {
    if (open) result.at(-1)!.push(block);
    else result.push([block]);
    open = block.keepWithNext === true;
  }
  return result;
}
