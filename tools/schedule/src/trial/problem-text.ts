/** Problems as they are written, for tests that build their own. */

/** Money text of whole fen. */
export function money(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export interface PoolText {
  id: string;
  parent?: string;
  opening: string;
  floor?: string | string[];
  reserve?: { amount: string | string[]; tiers: number };
  inflow?: string[];
  committed?: string[];
}

export interface RequestText {
  id: string;
  unit?: string;
  pool: string;
  amount: string;
  tier: number;
  urgency?: number;
  earliest?: string;
  due: string;
  latest?: string;
  divisible?: boolean;
  minPart?: string;
  approved?: { date: string; amount: string }[];
  submittedAt?: string;
}

export interface ProblemText {
  days: string[];
  sameDayInflow?: boolean;
  timing?: string;
  pools: PoolText[];
  requests: RequestText[];
}
