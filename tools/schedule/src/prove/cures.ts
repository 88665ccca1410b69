/** Every cure does what it says, one fen or one day less does not, and none is missing. */
import {
  type Cure,
  type FundRequest,
  type Problem,
  plan,
  readProblem,
} from '@guoku/domain-schedule';
import { type Extra, type Paid, brokenLimit, paymentsOf, windowOf } from '../trial/plain-rules.js';
import { smallProblem } from '../trial/small-problem.js';

/** One request that is not on time, everybody else's payments as they stand. */
class Case {
  readonly due: number;
  readonly latest: number;
  readonly earliest: number;
  /** Some day of the horizon is open to it. */
  readonly open: boolean;

  constructor(
    readonly problem: Problem,
    readonly request: FundRequest,
    private readonly others: readonly Paid[],
  ) {
    const { earliest, due, latest } = windowOf(problem, request);
    this.earliest = Math.max(0, earliest);
    this.due = due;
    this.latest = latest;
    this.open = latest >= this.earliest && earliest < problem.days.length;
  }

  holds(amount: number, day: number, extra?: Extra): boolean {
    return (
      brokenLimit(this.problem, [...this.others, { request: this.request, day, amount }], extra) ===
      null
    );
  }

  /** What is wrong with the cures told for it. */
  faults(cures: readonly Cure[]): string[] {
    const lever = <Name extends Cure['lever']>(name: Name) =>
      cures.find((cure): cure is Extract<Cure, { lever: Name }> => cure.lever === name);
    return [
      ...this.faultsOfDue(lever('cash'), lever('lower')),
      ...this.faultsOfLater(lever('later')),
    ];
  }

  private faultsOfDue(
    cash: Extract<Cure, { lever: 'cash' }> | undefined,
    lower: Extract<Cure, { lever: 'lower' }> | undefined,
  ): string[] {
    const { request, due, problem } = this;
    const { amount, divisible, minPart } = request;
    const dueOpen = this.open && due >= this.earliest;
    const wanted = dueOpen && !this.holds(amount, due);
    const found: string[] = [];
    if ((cash !== undefined) !== wanted) found.push('cash is told where none helps, or not told');
    if (cash !== undefined) {
      const more = (fen: number): Extra => ({ pool: cash.pool, from: due, amount: fen });
      if (cash.by !== problem.days[due] || cash.pool !== request.pool) found.push('cash elsewhere');
      if (!this.holds(amount, due, more(cash.amount))) found.push('cash does not suffice');
      if (this.holds(amount, due, more(cash.amount - 1))) found.push('less cash would do');
    }
    const least = divisible ? minPart : 1;
    if ((lower !== undefined) !== (wanted && this.holds(least, due))) {
      found.push('lower is told where it cannot, or not told');
    }
    if (lower !== undefined) {
      if (lower.amount < least || lower.amount >= amount) found.push('lower is no amount of it');
      if (!this.holds(lower.amount, due)) found.push('lower does not fit');
      if (this.holds(lower.amount + 1, due)) found.push('a higher amount would fit');
    }
    return found;
  }

  private faultsOfLater(later: Extract<Cure, { lever: 'later' }> | undefined): string[] {
    const { problem, request, latest } = this;
    const last = problem.days.length - 1;
    const inWindow = this.open && this.holds(request.amount, latest);
    const from = Math.max(latest + 1, this.earliest);
    const days = inWindow ? [] : problem.days.map((_, day) => day).filter((day) => day >= from);
    const first = days.find((day) => day <= last && this.holds(request.amount, day));
    const told = later === undefined ? undefined : problem.days.indexOf(later.date);
    return told === first
      ? []
      : [`later is ${told ?? 'not told'}, the first day is ${first ?? 'none'}`];
  }
}

/** The cases of one random problem: how many, and what is wrong with them. */
export function curesOfProblem(seed: number): { readonly cases: number; readonly found: string[] } {
  const reading = readProblem(JSON.stringify(smallProblem(seed)));
  if (!reading.ok) return { cases: 0, found: [`seed ${seed}: ${JSON.stringify(reading.faults)}`] };
  const { problem } = reading;
  const made = plan(problem, { digest: '', cures: 'all' });
  const payments = paymentsOf(problem, made);
  let cases = 0;
  const found: string[] = [];
  for (const [index, { status, reason }] of made.decisions.entries()) {
    const request = problem.requests[index];
    if (status === 'on-time' || request === undefined) continue;
    cases++;
    const others = payments.filter((paid) => paid.request !== request);
    for (const fault of new Case(problem, request, others).faults(reason?.cures ?? [])) {
      found.push(`seed ${seed} ${request.id}: ${fault}`);
    }
  }
  return { cases, found };
}
