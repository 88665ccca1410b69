import { poolOutlook, type OutlookInput } from './pool-outlook.js';

const calendar = {
  isWorkingDay: (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()),
  knows: () => true,
};

/** Ten inflows of 1,000 fen each working day in a child, nothing in the parent itself. */
function input(more: Partial<OutlookInput> = {}): OutlookInput {
  const flows = Array.from({ length: 300 }, (_, i) => {
    const day = new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
    return { day, amount: calendar.isWorkingDay(day) ? 1000 : 0 };
  }).filter(({ amount }) => amount > 0);
  return {
    origin: flows.at(-1)?.day ?? '',
    horizonDays: 10,
    quantile: 0.1,
    seed: 1,
    alarm: 0.1,
    calendar,
    pools: [
      { poolCode: 'tsa', opening: 5000, floor: 0 },
      { poolCode: 'general', parent: 'tsa', opening: 2000, floor: 0 },
    ],
    series: [{ poolCode: 'general', series: 'receipts', direction: 'inflow', flows }],
    committed: [],
    ...more,
  };
}

describe('the outlook of a tree of pools', () => {
  it('gives the parent what comes into its children', () => {
    const { pools } = poolOutlook(input());
    expect(pools[0]?.inflow).toEqual(pools[1]?.inflow);
    expect(pools[0]?.inflow).toEqual(Array(10).fill(1000));
  });

  it('starts each balance from its own opening', () => {
    const balances = poolOutlook(input()).pools.map(
      ({ quantiles }) => quantiles.find(({ series }) => series === 'balance')?.days[0]?.mean,
    );
    expect(balances).toEqual([6000, 3000]);
  });

  it('takes a committed outflow on its day, in its pool and above, and names the day the cash runs short', () => {
    const plain = poolOutlook(input());
    const day = plain.days[2] ?? '';
    const committed = [{ poolCode: 'general', day, amount: 5500, source: 'debt/1' }];
    const { pools } = poolOutlook(input({ committed }));
    expect(pools.map((pool) => pool.committed[2])).toEqual([5500, 5500]);
    expect(pools[1]?.shortfall).toMatchObject({ firstDay: day, probability: 1 });
    expect(pools[0]?.shortfall.probability).toBe(0);
  });

  it('counts an outflow that is committed for a closed day on the working day before it', () => {
    const plain = poolOutlook(input());
    const friday = plain.days.findIndex((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 5);
    const saturday = new Date(Date.parse(`${plain.days[friday] ?? ''}T00:00:00Z`) + 86_400_000);
    const day = saturday.toISOString().slice(0, 10);
    const committed = [{ poolCode: 'general', day, amount: 5500, source: 'debt/1' }];
    const { pools } = poolOutlook(input({ committed }));
    const expected = plain.days.map((_, at) => (at === friday ? 5500 : 0));
    expect(pools.map((pool) => pool.committed)).toEqual([expected, expected]);
  });
});
