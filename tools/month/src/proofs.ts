import { Money } from '@guoku/money';
import type { Books } from './books.js';
import { idOf, sumOf, type MonthSample } from './month-sample.js';

/** A statement about the month that can be false, what was found, and whether it holds. */
export interface Proof {
  readonly name: string;
  readonly holds: boolean;
  readonly figure: string;
}

const FINAL = ['paid', 'carried-over', 'withdrawn', 'refused', 'lapsed'];
const zero = Money.of('0.00');

/** What must be true of the month whatever it was like; every figure is worked out from what the services say. */
export function proveMonth(sample: MonthSample, books: Books): Proof[] {
  return [
    oneFinalState(sample, books),
    quotaBalances(books),
    bankIsLedger(books),
    oneEffectEach(books),
    plansChecked(sample, books),
    dayFollowsDay(sample, books),
    tiersAddUp(sample, books),
  ];
}

function oneFinalState({ requests }: MonthSample, books: Books): Proof {
  const own = new Map(books.requests.map((request) => [request.id, request]));
  const states = new Map<string, number>();
  let good = 0;
  for (const { reference } of requests) {
    const request = own.get(idOf(reference));
    if (request === undefined) continue;
    states.set(request.state, (states.get(request.state) ?? 0) + 1);
    const settled = sumOf([request.paid, request.closed]).equals(Money.of(request.amount));
    if (FINAL.includes(request.state) && settled) good += 1;
  }
  const counts = [...states].sort().map(([state, count]) => `${state} ${String(count)}`);
  return {
    name: 'every request is in exactly one final state 每笔申请恰有一个最终状态',
    holds: good === requests.length,
    figure: `${String(good)} of ${String(requests.length)}: ${counts.join(', ')}`,
  };
}

function quotaBalances({ lines }: Books): Proof {
  const total = (name: keyof (typeof lines)[number]) => sumOf(lines.map((line) => line[name]));
  const off = lines.filter((line) => {
    const all = sumOf([line.frozen, line.held, line.inTransit, line.spent, line.available]);
    return !all.equals(Money.of(line.allotted));
  });
  const places = ['frozen', 'held', 'inTransit', 'spent', 'available'] as const;
  const used = places.map((place) => total(place).toString());
  return {
    name: 'quota: allotted = frozen + held + in transit + spent + available, line by line 指标平衡',
    holds: off.length === 0 && lines.length > 0,
    figure: `${total('allotted').toString()} = ${used.join(' + ')}; ${String(off.length)} of ${String(lines.length)} lines off`,
  };
}

function bankIsLedger({ days, payments, lines, reconciliations }: Books): Proof {
  const bank = sumOf(days.map(({ paid }) => paid));
  const settled = sumOf(
    payments.filter(({ state }) => state === 'settled').map(({ amount }) => amount),
  );
  const spent = sumOf(lines.map((line) => line.spent));
  const agreed = new Set(reconciliations.filter(({ agrees }) => agrees).map(({ day }) => day));
  const reconciled = days.every(({ day }) => agreed.has(day));
  return {
    name: 'bank = settled payments = quota spent, every day reconciled 银行、支付与指标一致',
    holds: bank.equals(settled) && settled.equals(spent) && reconciled,
    figure: `${bank.toString()} / ${settled.toString()} / ${spent.toString()}; ${String(agreed.size)} days agree`,
  };
}

function oneEffectEach({ flows, payments, receipts }: Books): Proof {
  const count = (kind: string) => flows.filter(({ sourceKind }) => sourceKind === kind).length;
  const total = (kind: string) =>
    sumOf(flows.filter(({ sourceKind }) => sourceKind === kind).map(({ amount }) => amount));
  const settled = payments.filter(({ state }) => state === 'settled');
  const same =
    count('payment') === settled.length &&
    total('payment').equals(sumOf(settled.map(({ amount }) => amount))) &&
    count('receipt') === receipts.length &&
    total('receipt').equals(sumOf(receipts.map(({ amount }) => amount)));
  return {
    name: 'every event has one effect: settled payments and receipts are flows, once each 事件各生效一次',
    holds: same,
    figure: `${String(settled.length)} payments and ${String(receipts.length)} receipts, ${String(flows.length)} flows`,
  };
}

function plansChecked({ days }: MonthSample, { plans }: Books): Proof {
  const checked = plans.filter((plan) => plan.checked).length;
  return {
    name: 'the independent checker accepts every plan 独立校验通过',
    holds: checked === plans.length && plans.length >= days.length,
    figure: `${String(checked)} of ${String(plans.length)} plans`,
  };
}

function dayFollowsDay({ days: names, opening }: MonthSample, { days, statements }: Books): Proof {
  const stated = new Map(statements.map((statement) => [statement.date, statement]));
  let balance = Money.of(opening[0]?.closing ?? '0.00');
  let lowest = balance;
  const off = days.filter(({ day, receipts, paid, closing }) => {
    const expected = balance.plus(Money.of(receipts)).minus(Money.of(paid));
    balance = Money.of(closing);
    if (balance.compare(lowest) < 0) lowest = balance;
    return !expected.equals(balance) || stated.get(day)?.closing !== closing;
  });
  return {
    name: "each day's balance follows from the day before, never under zero 余额逐日相承",
    holds: off.length === 0 && days.length === names.length && lowest.compare(zero) >= 0,
    figure: `${String(days.length)} days, ${String(off.length)} off; lowest ${lowest.toString()}`,
  };
}

function tiersAddUp({ requests }: MonthSample, books: Books): Proof {
  const wanted = sumOf(requests.map(({ amount }) => amount));
  const own = books.requests.filter(({ id }) =>
    requests.some(({ reference }) => idOf(reference) === id),
  );
  const byTier = Map.groupBy(own, ({ tier }) => tier ?? -1);
  const sums = [...byTier.values()].map((of) => sumOf(of.map(({ amount }) => amount)));
  return {
    name: 'the tiers add up to the whole 各档合计等于总额',
    holds: Money.sum(sums).equals(wanted) && !byTier.has(-1),
    figure: `${String(byTier.size)} tiers, ${Money.sum(sums).toString()} of ${wanted.toString()}`,
  };
}
