import type { Day } from '@guoku/calendar';
import { Money } from '@guoku/money';
import { accepted, refused, type Decision } from './decision.js';

/**
 * Approval chains 审批链: how many signatures a plan needs, and whose, by the largest amount that it newly promises. A
 * division's chain is dated data: whoever brings a new one in changes the plans made from its day on, and no others.
 */
export interface ApprovalStep {
  /** 1, 2, … in the order of signing. */
  readonly step: number;
  /** The step is needed for amounts above this one. */
  readonly above: Money;
  /** Who may sign it; nobody named: whoever holds the duty to approve plans. */
  readonly signers: readonly string[];
  /** Such as 科室负责人 section chief, 分管领导 deputy director, 局主要领导 director. */
  readonly titleZh: string;
  readonly titleEn: string;
}

export interface ApprovalChain {
  readonly effectiveFrom: Day;
  readonly steps: readonly ApprovalStep[];
}

/** What a division has that brought no chain in: one signature of whoever may approve plans. */
const ONE_SIGNATURE: ApprovalStep = {
  step: 1,
  above: Money.zero,
  signers: [],
  titleZh: '审批',
  titleEn: 'approval',
};

export const CHAIN_FAULTS = [
  'chain_steps_not_counted',
  'chain_first_not_from_zero',
  'chain_not_rising',
] as const;
export type ChainFault = (typeof CHAIN_FAULTS)[number];

/** What is wrong with a chain, or null: steps count 1, 2, …; the first is for every amount; none is under the one before. */
export function faultOfChain({ steps }: ApprovalChain): ChainFault | null {
  const inOrder = steps.toSorted((a, b) => a.step - b.step);
  if (inOrder.some(({ step }, nth) => step !== nth + 1)) return 'chain_steps_not_counted';
  if (inOrder[0]?.above.isZero() !== true) return 'chain_first_not_from_zero';
  const falls = inOrder.some(
    ({ above }, nth) => above.compare(inOrder[nth - 1]?.above ?? Money.zero) < 0,
  );
  return falls ? 'chain_not_rising' : null;
}

/** The steps that a plan made on `day` needs, in the order of signing; never none. */
export function stepsFor(
  day: Day,
  chains: readonly ApprovalChain[],
  amount: Money,
): readonly ApprovalStep[] {
  const chain = chains
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .reduce<ApprovalChain | undefined>(
      (last, next) => (last !== undefined && last.effectiveFrom > next.effectiveFrom ? last : next),
      undefined,
    );
  const steps = (chain?.steps ?? []).toSorted((a, b) => a.step - b.step);
  const needed = steps.filter(({ step, above }) => step === 1 || amount.compare(above) > 0);
  return needed.length === 0 ? [ONE_SIGNATURE] : needed;
}

/** Somebody is away and another signs for them, from the first to the last day. */
export interface Delegation {
  readonly from: string;
  readonly to: string;
}

export interface Signature {
  readonly step: number;
  readonly by: string;
  /** For whom, where by delegation. */
  readonly onBehalfOf: string | null;
}

export interface ToSign {
  readonly madeBy: string;
  readonly steps: readonly ApprovalStep[];
  readonly signatures: readonly Signature[];
}

/** Why a signature is refused, in order of precedence. */
export const SIGNING_REFUSALS = ['own_plan', 'signed_already', 'step_of_another'] as const;
export type SigningRefusal = (typeof SIGNING_REFUSALS)[number];

/**
 * The next signature under a plan. Nobody signs what they made, nor for somebody who made it. Nobody's name is under it
 * twice, be it once by themselves and once by who signs for them; to sign again is no error and changes nothing.
 *
 * @param delegations those in force on the day of signing
 */
export function sign(
  { madeBy, steps, signatures }: ToSign,
  by: string,
  delegations: readonly Delegation[],
): Decision<Signature, SigningRefusal> {
  if (by === madeBy) return refused('own_plan');
  if (signatures.some((signature) => signature.by === by)) return accepted();
  const signed = new Set(signatures.flatMap((one) => [one.by, one.onBehalfOf]));
  if (signed.has(by)) return refused('signed_already');
  const next = steps.find(({ step }) => signatures.every((signature) => signature.step !== step));
  if (next === undefined) return accepted();
  const { step, signers } = next;
  if (signers.length === 0 || signers.includes(by)) return accepted({ step, by, onBehalfOf: null });

  const givers = delegations
    .filter(({ from, to }) => to === by && signers.includes(from))
    .map(({ from }) => from);
  const giver = givers.find((from) => from !== madeBy && !signed.has(from));
  if (giver !== undefined) return accepted({ step, by, onBehalfOf: giver });
  if (givers.includes(madeBy)) return refused('own_plan');
  return refused(givers.length > 0 ? 'signed_already' : 'step_of_another');
}
