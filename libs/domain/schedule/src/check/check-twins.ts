/** Are twins served in order? */
import { aimsOfClaim } from './check-figures.js';
import type { Claim, Findings } from './facts.js';

/** What must be equal of two claims of one rank, due day and amount for them to be twins. */
function kindOf({ request }: Claim): string {
  const approved = [...request.approved].sort((a, b) => (a.date < b.date ? -1 : 1));
  const { pool, earliest, latest, divisible, minPart } = request;
  return JSON.stringify([
    [pool, earliest, latest, divisible, minPart],
    approved.map((part) => [part.date, part.amount]),
  ]);
}

/** Claims that follow one another in tie order and share rank and due day, together. */
function* runs(ordered: readonly Claim[]): Generator<readonly Claim[]> {
  let run: Claim[] = [];
  for (const claim of ordered) {
    const { tier, urgency, due } = claim.request;
    const first = run[0]?.request;
    if (first?.tier !== tier || first.urgency !== urgency || first.due !== due) {
      yield run;
      run = [];
    }
    run.push(claim);
  }
  yield run;
}

/** Of two requests alike in all that counts, the earlier in tie order is served no worse. */
export function checkTwins(
  ordered: readonly Claim[],
  days: readonly string[],
  findings: Findings,
): void {
  for (const run of runs(ordered)) {
    // Few share their amount, so that few have to be told apart by all the rest.
    const byAmount = Map.groupBy(run, ({ request }) => request.amount);
    for (const alike of byAmount.values()) {
      if (alike.length === 1) continue;
      for (const twins of Map.groupBy(alike, kindOf).values()) checkOrder(twins, days, findings);
    }
  }
}

function checkOrder(twins: readonly Claim[], days: readonly string[], findings: Findings): void {
  for (const [at, claim] of twins.entries()) {
    const elder = twins[at - 1];
    if (elder === undefined) continue;
    const a = aimsOfClaim(elder, days);
    const b = aimsOfClaim(claim, days);
    const worse =
      a.kept - b.kept || a.onTime - b.onTime || a.total - b.total || b.lateness - a.lateness;
    if (worse < 0) {
      findings.reject(
        'twin',
        `/decisions/${claim.index}`,
        `served better than its elder ${elder.request.id}`,
      );
    }
  }
}
