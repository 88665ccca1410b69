/** Section by section: is every payment allowed, and does every pool keep its limits? */
import { type Basin, type Claim, type Facts, type Findings, yuan } from './facts.js';

function checkWindow(claim: Claim, { problem }: Facts, findings: Findings): void {
  const { request, paid, index } = claim;
  for (const [at, { day, amount }] of paid.entries()) {
    const pointer = `/decisions/${index}/payments/${at}`;
    if (day < 0) {
      findings.reject('payment-window', `${pointer}/date`, 'no working day of the horizon');
    } else if (claim.shut !== null || day < claim.earliest || day > claim.latest) {
      findings.reject('payment-window', `${pointer}/date`, 'outside the window of the request');
    } else if (day < claim.due) {
      const date = problem.days[day];
      const promised = request.approved.find((part) => part.date === date)?.amount ?? 0;
      const movedAhead = problem.timing === 'earliest' && amount === request.amount;
      if (amount > promised && !movedAhead) {
        findings.reject(
          'payment-window',
          pointer,
          'before the due day more than was promised for it',
        );
      }
    }
    const previous = paid[at - 1];
    if (previous !== undefined && previous.day >= day) {
      findings.reject('payment-window', pointer, 'one part a day, by day');
    }
  }
}

function checkSizes({ request, paid, index }: Claim, findings: Findings): void {
  const pointer = `/decisions/${index}/payments`;
  const total = paid.reduce((sum, part) => sum + part.amount, 0);
  if (total > request.amount) findings.reject('payment-size', pointer, 'more than was asked for');
  const least = request.divisible ? request.minPart : request.amount;
  for (const [at, { amount }] of paid.entries()) {
    if (amount < least || amount < 1) {
      findings.reject(
        'payment-size',
        `${pointer}/${at}/amount`,
        `a part must reach ${yuan(least)}`,
      );
    }
  }
}

function checkBasin(basin: Basin, facts: Facts, findings: Findings): void {
  const { pool, open, spent, firstPaid, firstOutside } = basin;
  const at = facts.problem.pools.findIndex(({ id }) => id === pool.id);
  for (let day = firstPaid; day < open.length; day++) {
    const kept = day >= firstOutside ? (pool.reserve?.amount[day] ?? 0) : 0;
    const over = (open[day] ?? 0) - (spent[day] ?? 0) - kept;
    if (over >= 0) continue;
    const what = kept > 0 ? 'floor and reserve' : 'floor';
    findings.reject(
      'pool-limit',
      `/pools/${at}/balance/${day}`,
      `${pool.id} is ${yuan(-over)} under its ${what} on ${facts.problem.days[day]}`,
    );
  }
}

/** Rejects payments outside what section 3 of the specification allows. */
export function checkPayments(facts: Facts, findings: Findings): void {
  for (const claim of facts.claims) {
    checkWindow(claim, facts, findings);
    checkSizes(claim, findings);
  }
  for (const basin of facts.basins.values()) checkBasin(basin, facts, findings);
}
