/** What was asked for on the command line, after it was read. */
import type { CureChoice } from '@guoku/domain-schedule';

export interface Arguments {
  readonly files: readonly string[];
  readonly summary: boolean;
  readonly language: 'zh' | 'en';
  readonly cures: string | undefined;
  readonly step: string | undefined;
  readonly again: boolean;
}

/** `none`, `all`, or ids parted by commas. */
export function curesOf(text: string | undefined): { readonly cures?: CureChoice } {
  if (text === undefined) return {};
  return { cures: text === 'none' || text === 'all' ? text : text.split(',') };
}
