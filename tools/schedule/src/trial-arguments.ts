/** What the trials of the planner are told on the command line. */
import { Unusable } from './input.js';

/** A whole number from 1 on, or what stands for one that is not given. */
export function countOf(text: string | undefined, what: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Unusable(`${what} is a whole number from 1 on`);
  return Number(text);
}

/** Words that no trial takes are refused, rather than taken for something else. */
export function refuseMore(args: readonly string[], most: number): void {
  const extra = args.find((word) => word.startsWith('-')) ?? args[most];
  if (extra !== undefined) throw new Unusable(`${extra} means nothing here; see --help`);
}
