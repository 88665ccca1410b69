import type { Day } from '@guoku/calendar';
import type { AccountMovement, Sentence } from '@guoku/domain-payment';
import type { Money } from '@guoku/money';

/** What the bank is asked to pay. */
export interface BankInstruction {
  readonly paymentId: string;
  readonly accountCode: string;
  readonly amount: Money;
  /** Business day of the instruction. */
  readonly day: Day;
  readonly payee: { readonly name: string; readonly account: string; readonly bankCode: string };
  readonly purpose: string;
  /** The unit's own reference, or the request. */
  readonly reference: string;
}

/** What the bank says about one instruction. It may say so late, and more than once. */
export interface ToldAnswer {
  /** Orders the answers; what was read up to here need not be read again. */
  readonly cursor: string;
  readonly paymentId: string;
  /** refused: no money left. returned: it came back after settlement. */
  readonly kind: 'settled' | 'refused' | 'returned';
  readonly amount: Money;
  readonly reference: string;
  readonly valueDate: Day;
  readonly reason: Sentence | null;
}

/**
 * The way to a division's bank. Instructions are idempotent by payment: sending one again changes nothing. A class
 * and not an interface, so that it is its own injection token.
 */
export abstract class BankPort {
  /** As people are told which bank it is. */
  abstract readonly name: string;

  /**
   * Gives the bank an instruction. When it throws, the bank may have it.
   *
   * @returns null: the bank has it; else why it turned it away, and will never pay it
   */
  abstract send(mofDivCode: string, instruction: BankInstruction): Promise<Sentence | null>;

  /**
   * Makes the bank forget an instruction, also one that may still be on its way to it.
   *
   * @returns false where the bank has it and goes on with it
   */
  abstract recall(mofDivCode: string, paymentId: string): Promise<boolean>;

  /**
   * Answers after a cursor, in order, at most some hundreds of them.
   *
   * @param day the division's business day, for a bank that has no calendar of its own
   */
  abstract answers(mofDivCode: string, after: string | null, day: Day): Promise<ToldAnswer[]>;

  /** The movements of one account with one value date, as the bank prints them. */
  abstract statement(mofDivCode: string, accountCode: string, day: Day): Promise<AccountMovement[]>;
}
