/** The checker: shares nothing with the planner but the types of problem and plan. */
import type { Plan } from '../plan.js';
import type { Problem } from '../problem.js';
import { checkBounds } from './check-bounds.js';
import { checkFigures } from './check-figures.js';
import { checkPayments } from './check-payments.js';
import { checkReasons } from './check-reasons.js';
import { checkTwins } from './check-twins.js';
import { type Facts, Findings, factsOf } from './facts.js';
import type { CheckOptions, CheckReport } from './report.js';
import { byTieOrder } from './tie-order.js';

const STEPS_MAX = 50_000;

function checkNames({ problem, plan }: Facts, findings: Findings): void {
  if (plan.decisions.length !== problem.requests.length) {
    findings.reject('decision', '/decisions', `${problem.requests.length} decisions are expected`);
  }
  for (const [index, { request }] of plan.decisions.entries()) {
    const id = problem.requests[index]?.id;
    if (id !== undefined && request !== id) {
      findings.reject('decision', `/decisions/${index}/request`, `${id} comes here`);
    }
  }
}

/**
 * Checks a plan against its problem and gives every reason to reject it: payments that section 3 of the
 * rules forbids, figures, reasons and cures that do not follow from the payments, bounds that are
 * wrong, twins out of order, a digest of another problem. A bound that the checker's own search cannot
 * confirm within its steps is `unconfirmed`, which is no rejection.
 */
export function check(problem: Problem, plan: Plan, options: CheckOptions): CheckReport {
  const findings = new Findings();
  if (plan.digest !== options.digest) {
    findings.reject('digest', '/digest', 'the plan was made for another problem');
  }
  const facts = factsOf(problem, plan);
  checkNames(facts, findings);
  checkPayments(facts, findings);
  checkFigures(facts, findings);
  const ordered = byTieOrder(facts.claims);
  checkReasons(facts, ordered, findings);
  checkTwins(ordered, problem.days, findings);
  if (findings.rejections.length === 0) {
    checkBounds(facts, findings, options.stepsMax ?? STEPS_MAX);
  }
  const { rejections, unconfirmed, loose } = findings;
  return { ok: rejections.length === 0, rejections, unconfirmed, loose };
}
