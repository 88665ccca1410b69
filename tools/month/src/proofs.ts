/** A statement about the month that can be false, what was found, and whether it holds. */
export interface Proof {
  readonly name: string;
  readonly holds: boolean;
  readonly figure: string;
}

export function proof(name: string, holds: boolean, figure: string): Proof {
  return { name, holds, figure };
}
