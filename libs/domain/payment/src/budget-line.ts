/** The dimensions of a quota line that a priority policy looks at, as quota tells them with the hold. */
export interface BudgetLine {
  readonly fiscalYear: number;
  readonly agencyCode: string;
  readonly mofDepCode: string;
  readonly proCode: string;
  readonly expFuncCode: string;
  readonly govBgtEcoCode: string | null;
  readonly depBgtEcoCode: string;
  readonly fundTypeCode: string;
  readonly corBgtDocNo: string;
  readonly sbSign: SbSign;
  readonly sbStandard: SbStandard | null;
  readonly isDir: boolean;
}

/** Three guarantees 三保: basic livelihood 保基本民生, wages 保工资, operation 保运转. */
export const SB_SIGNS = ['none', 'basic-livelihood', 'wages', 'operation'] as const;
export type SbSign = (typeof SB_SIGNS)[number];

/** Calibre of a guarantee: national 国家标准, or local 地方标准, which contains it. */
export const SB_STANDARDS = ['national', 'local'] as const;
export type SbStandard = (typeof SB_STANDARDS)[number];
