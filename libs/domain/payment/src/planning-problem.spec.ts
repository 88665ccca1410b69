import { calendarOf, dayOf, type Day } from '@guoku/calendar';
import { Money } from '@guoku/money';
import type { BudgetLine } from './budget-line.js';
import {
  gatherProblem,
  type OpenRequest,
  type PlanningForecast,
  type PlanningSnapshot,
  type ProblemDocument,
} from './planning-problem.js';

const calendar = calendarOf('weekdays');
const today = dayOf('2026-12-02');
const horizonTo = dayOf('2026-12-04');
const days = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'].map(dayOf);
const each = (amount: string): Money[] => days.map(() => Money.of(amount));

const line: BudgetLine = {
  fiscalYear: 2026,
  agencyCode: '101001',
  mofDepCode: '05',
  proCode: 'P1',
  expFuncCode: '2050202',
  govBgtEcoCode: null,
  depBgtEcoCode: '30101',
  fundTypeCode: '111',
  corBgtDocNo: 'doc-1',
  sbSign: 'wages',
  sbStandard: 'national',
  isDir: false,
};

const request: OpenRequest = {
  id: 'r1',
  agencyCode: '101001',
  line,
  outstanding: Money.of('40.00'),
  earliest: null,
  due: dayOf('2026-12-03'),
  latest: dayOf('2026-12-04'),
  divisible: true,
  minPart: Money.of('10.00'),
  submittedAt: '2026-11-30T08:00:00Z',
  declinedOn: null,
};

const pool = (poolCode: string): PlanningForecast['pools'][number] => ({
  poolCode,
  opening: Money.of('100.00'),
  inflow: each('5.00'),
  committed: each('1.00'),
  floor: each('0.00'),
  reserve: each('20.00'),
});
const forecast: PlanningForecast = {
  snapshotId: 'f1',
  origin: dayOf('2026-11-30'),
  days,
  pools: [pool('tsa'), pool('general')],
};

const snapshot: PlanningSnapshot = {
  today,
  lastClosedDay: dayOf('2026-11-30'),
  horizonTo,
  calendar,
  sameDayInflow: false,
  timing: 'due',
  policy: {
    version: 'v1',
    effectiveFrom: dayOf('2026-01-01'),
    rules: [{ order: 1, tier: 1, urgency: 2, pool: 'general', when: {} }],
  },
  pools: [
    { poolCode: 'tsa', parent: null, reserveTiers: 2 },
    { poolCode: 'general', parent: 'tsa', reserveTiers: 0 },
  ],
  forecast,
  requests: [request],
  promised: [],
  unbooked: [],
};

function problemOf(change: Partial<PlanningSnapshot>): ProblemDocument {
  const gathering = gatherProblem({ ...snapshot, ...change });
  if (!gathering.ok) throw new Error(gathering.refusal);
  return gathering.problem;
}

describe('the problem of a plan', () => {
  test('begins today, and takes what the forecast expected before as having happened', () => {
    const { days: horizon, pools } = problemOf({});
    expect(horizon).toEqual(days.slice(1));
    expect(pools[0]).toMatchObject({
      id: 'tsa',
      opening: Money.of('104.00'),
      reserve: { tiers: 2 },
      inflow: each('5.00').slice(1),
    });
    expect(pools[1]).toMatchObject({ id: 'general', parent: 'tsa' });
  });

  test('takes what the opening balance does not know as committed today, up the tree', () => {
    const { pools } = problemOf({ unbooked: [{ poolCode: 'general', amount: Money.of('7.00') }] });
    expect(pools.map(({ committed }) => committed[0])).toEqual([
      Money.of('8.00'),
      Money.of('8.00'),
    ]);
    expect(pools[0]?.committed[1]).toEqual(Money.of('1.00'));
  });

  test('takes tier, urgency and pool from the policy, and lets it forbid parts', () => {
    expect(problemOf({}).requests[0]).toMatchObject({ tier: 1, urgency: 2, pool: 'general' });
    const [rule] = snapshot.policy?.rules ?? [];
    const policy = { ...snapshot.policy!, rules: [{ ...rule!, divisible: false }] };
    expect(problemOf({ policy }).requests[0]).toMatchObject({ divisible: false });
    expect(problemOf({ policy }).requests[0]).not.toHaveProperty('minPart');
  });

  test('leaves out what is due after the horizon and what quota declined today', () => {
    const later = { ...request, id: 'r2', due: dayOf('2026-12-07'), latest: dayOf('2026-12-07') };
    const declined = { ...request, id: 'r3', declinedOn: today };
    const ids = problemOf({ requests: [later, declined, request] }).requests.map(({ id }) => id);
    expect(ids).toEqual(['r1']);
  });

  test('asks for parts no larger than what is left', () => {
    const rest = { ...request, outstanding: Money.of('3.00') };
    expect(problemOf({ requests: [rest] }).requests[0]?.minPart).toEqual(Money.of('3.00'));
  });

  const promise = (date: Day, amount: string) => ({
    requestId: 'r1',
    date,
    amount: Money.of(amount),
  });
  test.each<[string, Partial<OpenRequest>, [string, string][], [string, string][]]>([
    ['stands', {}, [['2026-12-03', '40.00']], [['2026-12-03', '40.00']]],
    ['of an earlier day is owed today', {}, [['2026-12-01', '40.00']], [['2026-12-02', '40.00']]],
    [
      'of two days that fall together is one',
      {},
      [
        ['2026-12-01', '15.00'],
        ['2026-12-02', '25.00'],
      ],
      [['2026-12-02', '40.00']],
    ],
    ['larger than the rest is trimmed', {}, [['2026-12-03', '90.00']], [['2026-12-03', '40.00']]],
    ['under the least part is none', {}, [['2026-12-03', '9.99']], []],
    [
      'before the first day of the request is none',
      { earliest: dayOf('2026-12-04') },
      [['2026-12-03', '40.00']],
      [],
    ],
    [
      'after the last day of the request is none',
      { latest: dayOf('2026-12-03') },
      [['2026-12-04', '40.00']],
      [],
    ],
    [
      'of a part of what must be paid whole is none',
      { divisible: false, minPart: null },
      [['2026-12-03', '20.00']],
      [],
    ],
    [
      'of the whole of it stands',
      { divisible: false, minPart: null },
      [['2026-12-03', '40.00']],
      [['2026-12-03', '40.00']],
    ],
  ])('a promise %s', (_what, change, promised, expected) => {
    const [told] = problemOf({
      requests: [{ ...request, ...change }],
      promised: promised.map(([date, amount]) => promise(dayOf(date), amount)),
    }).requests;
    expect(told?.approved ?? []).toEqual(
      expected.map(([date, amount]) => ({ date, amount: Money.of(amount) })),
    );
  });

  test.each<[string, Partial<PlanningSnapshot>]>([
    ['policy_missing', { policy: undefined }],
    ['forecast_missing', { forecast: undefined }],
    ['forecast_stale', { lastClosedDay: dayOf('2026-12-01') }],
    ['horizon_before_today', { horizonTo: dayOf('2026-12-01') }],
    ['horizon_before_promises', { promised: [promise(dayOf('2026-12-08'), '1.00')] }],
    ['forecast_too_short', { horizonTo: dayOf('2026-12-07') }],
    ['pool_without_forecast', { forecast: { ...forecast, pools: [pool('tsa')] } }],
    ['pool_unknown', { pools: [{ poolCode: 'tsa', parent: null, reserveTiers: 2 }] }],
  ])('cannot be gathered: %s', (refusal, change) => {
    expect(gatherProblem({ ...snapshot, ...change })).toEqual({ ok: false, refusal });
  });

  test('does not depend on the order in which requests are read', () => {
    const other = { ...request, id: 'r0' };
    expect(problemOf({ requests: [request, other] })).toEqual(
      problemOf({ requests: [other, request] }),
    );
  });
});
