import { Money } from '@guoku/money';

/**
 * A quota line 指标明细: the right to spend of one combination of dimensions, and where its money stands. Every amount is
 * an account of the quota ledger, so that a line always balances:
 *
 *     sources = unallotted + available + frozen + held + in transit + spent
 */
export interface Line {
  readonly bgtId: string;
  readonly fiscalYear: number;
  /** A frozen line takes no hold and confirms no payment, whatever it still has. */
  readonly isFrozen: boolean;
  readonly balances: Balances;
  /** What came back of the spending and was restored, in all. Told to officers; no account. */
  readonly returned: Money;
}

export interface Balances {
  /** Q101 */
  readonly sources: Money;
  /** Q201: not allotted, or reclaimed 收回. */
  readonly unallotted: Money;
  /** Q211 可执行指标 */
  readonly available: Money;
  /** Q212 冻结 */
  readonly frozen: Money;
  /** Q221 用款计划占用 */
  readonly held: Money;
  /** Q222 支付在途 */
  readonly inTransit: Money;
  /** Q223 已支付, net of what came back in the same year. */
  readonly spent: Money;
}

/** Amounts are positive, save that of `allot`, which is negative where a document takes away 追减. */
export type LineCommand =
  | { readonly type: 'allot'; readonly budgetId: string; readonly amount: Money }
  /** Without an amount: all that is available, and the line is frozen as such. */
  | { readonly type: 'freeze'; readonly amount?: Money }
  /** Without an amount: all that is frozen, and the line is open again. */
  | { readonly type: 'unfreeze'; readonly amount?: Money }
  | { readonly type: 'reclaim'; readonly amount: Money };

export type LineEvent =
  | { readonly type: 'allotted'; readonly budgetId: string; readonly amount: Money }
  | { readonly type: 'frozen'; readonly amount: Money; readonly whole: boolean }
  | { readonly type: 'unfrozen'; readonly amount: Money; readonly whole: boolean }
  | { readonly type: 'reclaimed'; readonly amount: Money };

/** Why an officer's change of a line is refused, in order of precedence. */
export const LINE_REFUSALS = [
  'amount_not_positive',
  'frozen_exceeded',
  'available_exceeded',
] as const;
export type LineRefusal = (typeof LINE_REFUSALS)[number];

export type LineDecision =
  | { readonly ok: true; readonly events: readonly LineEvent[] }
  | { readonly ok: false; readonly refusal: LineRefusal };

/** A line before its first document. */
export function newLine(bgtId: string, fiscalYear: number): Line {
  const { zero } = Money;
  return {
    bgtId,
    fiscalYear,
    isFrozen: false,
    balances: {
      sources: zero,
      unallotted: zero,
      available: zero,
      frozen: zero,
      held: zero,
      inTransit: zero,
      spent: zero,
    },
    returned: zero,
  };
}

/** What an officer's command does. Freezing, reclaiming and taking away stop at what is held and spent. */
export function decideLine(line: Line, command: LineCommand): LineDecision {
  const { available, frozen } = line.balances;
  const { type } = command;
  if (type !== 'allot' && command.amount && !command.amount.isPositive()) {
    return refuse('amount_not_positive');
  }
  switch (type) {
    case 'allot':
      if (command.amount.plus(available).isNegative()) return refuse('available_exceeded');
      if (command.amount.isZero()) return changes();
      return changes({ type: 'allotted', budgetId: command.budgetId, amount: command.amount });
    case 'freeze': {
      if (!command.amount && line.isFrozen) return changes();
      const amount = command.amount ?? available;
      if (amount.compare(available) > 0) return refuse('available_exceeded');
      return changes({ type: 'frozen', amount, whole: !command.amount });
    }
    case 'unfreeze': {
      const amount = command.amount ?? frozen;
      if (amount.compare(frozen) > 0) return refuse('frozen_exceeded');
      if (amount.isZero() && !line.isFrozen) return changes();
      return changes({ type: 'unfrozen', amount, whole: !command.amount });
    }
    case 'reclaim':
      if (command.amount.compare(available) > 0) return refuse('available_exceeded');
      return changes({ type: 'reclaimed', amount: command.amount });
  }
}

/** The mark of a wholly frozen line; its balances follow from the movements alone. */
export function evolveMark(isFrozen: boolean, event: LineEvent): boolean {
  if (event.type === 'frozen') return isFrozen || event.whole;
  return event.type === 'unfrozen' && event.whole ? false : isFrozen;
}

function changes(...events: LineEvent[]): LineDecision {
  return { ok: true, events };
}

function refuse(refusal: LineRefusal): LineDecision {
  return { ok: false, refusal };
}
