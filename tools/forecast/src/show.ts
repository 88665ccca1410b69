import { Money } from '@guoku/money';

/** Fen as text of yuan, rounded to the fen. */
export const yuan = (fen: number): string => Money.ofFen(BigInt(Math.round(fen))).toString();

/** Whole yuan with thousands marked, for the eye only. */
export const wholeYuan = (fen: number): string =>
  (BigInt(Math.round(fen)) / 100n).toLocaleString('en-US');

/** A share as per cent with one decimal. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Width on a terminal, where Chinese characters take two columns. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0);

/** Rows of cells in columns, the first on the left, the others on the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const blanks = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)));
        return at === 0 ? cell + blanks : blanks + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}
