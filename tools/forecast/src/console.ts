/** Where a command writes. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}
