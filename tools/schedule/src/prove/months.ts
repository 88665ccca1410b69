/** What must be true of the plan of any month. */
import {
  type FundRequest,
  type Plan,
  type Problem,
  check,
  plan,
  readProblem,
} from '@guoku/domain-schedule';
import { monthProblem } from '../trial/month-problem.js';
import {
  type Paid,
  brokenLimit,
  brokenPayment,
  paymentsOf,
  windowOf,
} from '../trial/plain-rules.js';
import type { ProblemText } from '../trial/problem-text.js';
import { Chance } from '../trial/random.js';
import { smallProblem } from '../trial/small-problem.js';

/** One in so many is a month of tens of requests instead of a small problem with every rule in it. */
const LARGER_EVERY = 200;

/** The month of a seed. */
export function monthOf(seed: number): ProblemText {
  if (seed % LARGER_EVERY !== 0) return smallProblem(seed);
  const chance = new Chance(seed);
  const reserve = chance.pick([{}, { reserve: 0.05 }, { reserve: 0.2 }, { reserves: 0.2 }]);
  return monthProblem({
    requests: chance.whole(20, 60),
    days: chance.whole(5, 22),
    pools: chance.whole(1, 5),
    ranks: chance.whole(2, 6),
    cash: chance.pick([0.4, 0.6, 0.8, 0.95]),
    divisible: chance.pick([0, 0.3, 1]),
    wait: chance.whole(0, 4),
    seed,
    ...reserve,
  });
}

function planOf(problem: Problem): Plan {
  return plan(problem, { digest: '', cures: 'none' });
}

const rankOf = ({ tier, urgency }: FundRequest) => tier * 100 + urgency;

/** No floor or reserve is broken, and every payment is one that its request allows. */
function limits(problem: Problem, payments: readonly Paid[]): string[] {
  const broken = brokenLimit(problem, payments);
  const own = problem.requests.flatMap((request) => {
    const fault = brokenPayment(
      problem,
      request,
      payments.filter((paid) => paid.request === request),
    );
    return fault === null ? [] : [`${request.id} is paid ${fault}`];
  });
  return broken === null ? own : [`broken: ${broken}`, ...own];
}

/** The least further payment that a request allows on a day. */
function further(request: FundRequest, own: readonly Paid[], day: number): Paid | null {
  const rest = own.reduce((left, { amount }) => left - amount, request.amount);
  const onDay = own.some((paid) => paid.day === day);
  const amount = !request.divisible ? request.amount : onDay ? 1 : request.minPart;
  return amount <= rest ? { request, day, amount } : null;
}

/** No fen of a lower rank is paid while a fen of a higher one that would fit without it waits. */
function order(problem: Problem, payments: readonly Paid[]): string[] {
  const lowest = Math.max(...payments.map(({ request }) => rankOf(request)));
  return problem.requests.flatMap((request) => {
    const rank = rankOf(request);
    if (rank >= lowest) return [];
    const { earliest, due, latest } = windowOf(problem, request);
    const own = payments.filter((paid) => paid.request === request);
    const above = payments.filter((paid) => rankOf(paid.request) <= rank);
    for (let day = Math.max(0, due, earliest); day <= latest; day++) {
      const more = further(request, own, day);
      if (more === null || brokenLimit(problem, [...above, more]) !== null) continue;
      return [`${request.id} could have ${more.amount} more on day ${day} before lower ranks`];
    }
    return [];
  });
}

/** A request added below changes no figure of a rank above it. */
function addedBelow(problem: Problem, made: Plan): string[] {
  const [first] = problem.requests;
  if (first === undefined) return [];
  const added = { ...first, id: `${first.id}-below`, tier: 99 };
  const after = planOf({ ...problem, requests: [...problem.requests, added] });
  const figures = ({ ranks }: Plan) =>
    JSON.stringify(
      ranks
        .filter(({ tier }) => tier < 99)
        .map(({ kept, onTime, total, lateness }) => [kept, onTime, total, lateness]),
    );
  return figures(made) === figures(after) ? [] : ['a request below changes a rank above'];
}

/** The checker, which shares no code with the planner, finds nothing wrong. */
function accepted(problem: Problem, made: Plan): string[] {
  const { rejections } = check(problem, made, { digest: '' });
  return rejections.map(({ code, at, detail }) => `rejected: ${code} at ${at}: ${detail}`);
}

/** The order of pools and requests in the input changes no decision. */
function anyOrder(problem: Problem, made: Plan, seed: number): string[] {
  const chance = new Chance(seed);
  const requests = chance.shuffle(problem.requests);
  const other = planOf({ ...problem, requests, pools: chance.shuffle(problem.pools) });
  const sorted = ({ decisions }: Plan) =>
    JSON.stringify([...decisions].sort((a, b) => (a.request < b.request ? -1 : 1)));
  return sorted(made) === sorted(other) ? [] : ['the order of the input matters'];
}

/** What is wrong with the plan of one random month. */
export function monthFaults(seed: number): string[] {
  const reading = readProblem(JSON.stringify(monthOf(seed)));
  if (!reading.ok) return [`seed ${seed}: ${JSON.stringify(reading.faults)}`];
  const { problem } = reading;
  const made = planOf(problem);
  const payments = paymentsOf(problem, made);
  return [
    ...limits(problem, payments),
    ...order(problem, payments),
    ...accepted(problem, made),
    ...addedBelow(problem, made),
    ...anyOrder(problem, made, seed),
  ].map((fault) => `seed ${seed}: ${fault}`);
}
