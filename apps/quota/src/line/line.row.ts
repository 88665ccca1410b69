/** A row of `quota_line`, as the statements alias it. Amounts are text. */
export interface LineRow {
  readonly bgtId: string;
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
  readonly bgtDec: string | null;
  readonly isFrozen: boolean;
  readonly sources: string;
  readonly unallotted: string;
  readonly available: string;
  readonly frozen: string;
  readonly held: string;
  readonly inTransit: string;
  readonly spent: string;
  readonly returned: string;
  readonly version: number;
}

/** 三保: basic livelihood, wages, operation. */
export const SB_SIGNS = ['none', 'basic-livelihood', 'wages', 'operation'] as const;
export type SbSign = (typeof SB_SIGNS)[number];
export const SB_STANDARDS = ['national', 'local'] as const;
export type SbStandard = (typeof SB_STANDARDS)[number];

export interface MovementRow {
  readonly movementId: string;
  readonly bgtId: string;
  readonly kind: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: string;
  readonly budgetId: string | null;
  readonly requestId: string | null;
  readonly paymentId: string | null;
  readonly actor: string;
  readonly movedAt: string;
}

export const lineColumns = `
  l.bgt_id as "bgtId", l.fiscal_year as "fiscalYear", l.agency_code as "agencyCode",
  l.mof_dep_code as "mofDepCode", l.pro_code as "proCode", l.exp_func_code as "expFuncCode",
  l.gov_bgt_eco_code as "govBgtEcoCode", l.dep_bgt_eco_code as "depBgtEcoCode",
  l.fund_type_code as "fundTypeCode", l.cor_bgt_doc_no as "corBgtDocNo", l.sb_sign as "sbSign",
  l.sb_standard as "sbStandard", l.is_dir as "isDir", l.bgt_dec as "bgtDec",
  l.is_frozen as "isFrozen", l.sources, l.unallotted, l.available, l.frozen, l.held,
  l.in_transit as "inTransit", l.spent, l.returned, l.version`;
