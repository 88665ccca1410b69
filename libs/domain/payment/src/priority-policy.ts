import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import type { BudgetLine, SbSign, SbStandard } from './budget-line.js';

/**
 * Who comes first when cash is short 三个优先, as dated data. The first rule whose conditions all hold
 * decides; the last rule has none, so every line is classified. Asking units have no say in it.
 */
export interface PriorityPolicy {
  readonly version: string;
  readonly effectiveFrom: Day;
  /** In the order in which they are tried. */
  readonly rules: readonly PriorityRule[];
}

export interface PriorityRule {
  readonly order: number;
  readonly when: LineConditions;
  readonly tier: number;
  readonly urgency: number;
  readonly pool: string;
  /** Where the policy says nothing, the request's own word counts. */
  readonly divisible?: boolean;
  readonly minPart?: Money;
}

/** What is left out is not asked. */
export interface LineConditions {
  readonly sbSign?: SbSign;
  readonly sbStandard?: SbStandard;
  readonly isDir?: boolean;
  readonly fundTypeCode?: string;
  readonly proCodePrefix?: string;
  readonly expFuncPrefix?: string;
  readonly depEcoPrefix?: string;
  readonly agencyPrefix?: string;
}

export interface Classification {
  readonly policyVersion: string;
  readonly ruleOrder: number;
  readonly tier: number;
  readonly urgency: number;
  readonly pool: string;
  readonly divisible: boolean | null;
  readonly minPart: Money | null;
}

/** Why a policy is none, in order of precedence. */
export type PolicyFault = 'policy_without_rules' | 'policy_order_repeated' | 'policy_not_total';

export function faultOfPolicy({ rules }: PriorityPolicy): PolicyFault | null {
  const last = rules.at(-1);
  if (last === undefined) return 'policy_without_rules';
  if (new Set(rules.map(({ order }) => order)).size < rules.length) return 'policy_order_repeated';
  if (Object.values(last.when).some((condition) => condition !== undefined)) {
    return 'policy_not_total';
  }
  return null;
}

/** The policy in force on a day: the one that took effect last; of two on one day the later version. */
export function policyOn(
  day: Day,
  policies: readonly PriorityPolicy[],
): PriorityPolicy | undefined {
  return policies
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .reduce<PriorityPolicy | undefined>((best, next) => {
      if (best === undefined || next.effectiveFrom > best.effectiveFrom) return next;
      if (next.effectiveFrom < best.effectiveFrom) return best;
      return next.version > best.version ? next : best;
    }, undefined);
}

/** Tier, urgency and pool of a line. A policy without its last rule is a bug of the door. */
export function classify(line: BudgetLine, policy: PriorityPolicy): Classification {
  const rule = policy.rules.find(({ when }) => holds(when, line));
  if (rule === undefined) throw new Error(`policy ${policy.version} leaves a line unclassified`);
  return {
    policyVersion: policy.version,
    ruleOrder: rule.order,
    tier: rule.tier,
    urgency: rule.urgency,
    pool: rule.pool,
    divisible: rule.divisible ?? null,
    minPart: rule.minPart ?? null,
  };
}

function holds(when: LineConditions, line: BudgetLine): boolean {
  return (
    (when.sbSign === undefined || when.sbSign === line.sbSign) &&
    (when.sbStandard === undefined || when.sbStandard === line.sbStandard) &&
    (when.isDir === undefined || when.isDir === line.isDir) &&
    (when.fundTypeCode === undefined || when.fundTypeCode === line.fundTypeCode) &&
    line.proCode.startsWith(when.proCodePrefix ?? '') &&
    line.expFuncCode.startsWith(when.expFuncPrefix ?? '') &&
    line.depBgtEcoCode.startsWith(when.depEcoPrefix ?? '') &&
    line.agencyCode.startsWith(when.agencyPrefix ?? '')
  );
}
