import { Money } from '@guoku/money';
import { fit, forecast, planningInflow } from '@guoku/domain-forecast';
import { eve, history, reference, statement } from './books.js';
import { RunningForecast, type Items } from './running-forecast.js';

let running: RunningForecast;
beforeEach(async () => {
  running = await RunningForecast.start();
});
afterEach(() => running.stop());

interface Planned {
  readonly poolCode: string;
  readonly opening: string;
  readonly inflow: readonly string[];
  readonly committed: readonly string[];
  readonly firstShortDay: string | null;
}
interface Shown {
  readonly id: string;
  readonly days: readonly string[];
  readonly pools: readonly Planned[];
}
interface ForecastDay {
  readonly poolCode: string;
  readonly day: string;
  readonly quantiles: readonly string[];
  readonly actual: string | null;
}

describe('a forecast', () => {
  test('promises the planning inflow of the joint paths, and a pool what is in all pools below it', async () => {
    await running.setUp();
    const shown = await running.post<Shown>('ForecastService.Run', { horizonDays: 20 });

    const calendar = {
      knows: () => true,
      isWorkingDay: (day: string) =>
        ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && day !== '2026-03-12',
    };
    const series = ['funds', 'general'].map((poolCode) => ({
      name: poolCode,
      direction: 'inflow' as const,
      flows: history
        .filter((flow) => flow.poolCode === poolCode && flow.kind === 'inflow')
        .map(({ day, amount }) => ({ day, amount: Money.of(amount).toPlainFen() })),
    }));
    const ahead = forecast(fit({ origin: eve, series }, calendar), { horizon: 20, seed: 1 });
    expect(shown.days).toEqual(ahead.days);
    expect(shown.days).not.toContain('2026-03-12');
    for (const paths of ahead.series) {
      const promised = shown.pools.find(({ poolCode }) => poolCode === paths.name)?.inflow;
      const expected = planningInflow(paths, 0.1).map((fen) => Money.ofPlainFen(fen).toString());
      expect(promised).toEqual(expected);
    }
    expect(shown.pools.map(({ poolCode, opening }) => `${poolCode} ${opening}`)).toEqual([
      'funds 800.00',
      'general 5000.00',
      'tsa 5800.00',
    ]);
  });

  test('is announced with the figures that it shows', async () => {
    await running.setUp();
    const shown = await running.post<Shown>('ForecastService.Run', { quantilePercent: 25 });
    const { rows } = await running.admin.query(
      `select data from outbox where type = 'guoku.forecast.published.v1'`,
    );
    expect(shown.days).toHaveLength(90);
    expect(rows).toMatchObject([
      {
        data: {
          snapshotId: shown.id,
          origin: eve,
          quantile: '0.25',
          errorBuffer: 'quantile',
          days: shown.days,
          pools: shown.pools.map(({ poolCode, inflow }) => ({ poolCode, inflow })),
        },
      },
    ]);
  });

  test('never changes, whatever comes to be known, and nobody may change it', async () => {
    await running.setUp();
    const shown = await running.post<Shown>('ForecastService.Run', { horizonDays: 5 });
    const read = async () => [
      await running.get('ForecastService.Get', { path: { id: shown.id } }),
      await running.get('ForecastService.List'),
    ];
    const before = await read();
    expect(before).toEqual([shown, { items: [shown], nextCursor: null }]);

    const monday = history.slice(0, 2).map((flow) => ({ ...flow, day: '2026-03-09' }));
    await running.post('FlowService.ImportHistory', { flows: monday });
    const pools = reference.pools.map((pool) => ({ ...pool, floor: '1.00' }));
    await running.post('DivisionService.Import', { ...reference, pools });
    await running.post('StatementService.Receive', statement('21', '2026-03-09', '5000.00'));
    expect(await read()).toEqual(before);
    const again = { body: { id: shown.id, horizonDays: 5, origin: eve } };
    expect(await running.ask('ForecastService.Run', again)).toMatchObject({
      status: 409,
      code: 'id_taken',
    });

    await running.admin.query(`set role ${running.database.serviceRole}`);
    for (const table of ['snapshot', 'snapshot_day', 'statement', 'flow_movement'])
      for (const verb of [`update ${table} set mof_div_code = ''`, `delete from ${table}`])
        await expect(running.admin.query(verb)).rejects.toThrow('permission denied');
    await running.admin.query('reset role');
  });

  test('is the same to the fen when it is run again from the same origin', async () => {
    await running.setUp();
    const body = { horizonDays: 10, origin: eve };
    const { id: _first, ...first } = await running.post<Shown>('ForecastService.Run', body);
    const monday = history.slice(0, 2).map((flow) => ({ ...flow, day: '2026-03-09' }));
    await running.post('FlowService.ImportHistory', { flows: monday });
    const { id: _second, ...second } = await running.post<Shown>('ForecastService.Run', body);
    expect(second).toEqual(first);
  });

  test('counts a committed outflow on its day, and names the day on which cash runs short', async () => {
    await running.setUp();
    const bond = { poolCode: 'funds', day: '2026-03-11', amount: '5000.00', source: 'bond-7' };
    const shown = await running.post<Shown>('ForecastService.Run', {
      horizonDays: 5,
      committed: [bond],
    });
    const of = (wanted: string) => shown.pools.find(({ poolCode }) => poolCode === wanted);
    const onThirdDay = ['0.00', '0.00', '5000.00', '0.00', '0.00'];
    expect(of('funds')).toMatchObject({ committed: onThirdDay, firstShortDay: '2026-03-11' });
    expect(of('tsa')).toMatchObject({ committed: onThirdDay, firstShortDay: null });

    const past = { horizonDays: 5, committed: [{ ...bond, day: eve }] };
    expect(await running.ask('ForecastService.Run', { body: past })).toMatchObject({
      code: 'committed_past',
      body: { errors: [{ pointer: '#/committed/0/day' }] },
    });
  });

  test('needs a statement of every account and some history', async () => {
    const refusalOf = async (body: object) =>
      (await running.ask('ForecastService.Run', { body })).code;
    expect(await refusalOf({})).toBe('nothing_stated');
    await running.post('DivisionService.Import', reference);
    expect(await refusalOf({ origin: eve })).toBe('statement_missing');
    await running.post('StatementService.Receive', statement('21', eve, '1.00'));
    expect(await refusalOf({})).toBe('statement_missing');
    await running.post('StatementService.Receive', statement('22', eve, '1.00'));
    expect(await refusalOf({})).toBe('history_missing');
  });

  test('the same command again gets the same answer', async () => {
    await running.setUp();
    const asked = { body: { horizonDays: 5 } };
    const options = { idempotencyKey: 'the-same' };
    const first = await running.ask('ForecastService.Run', asked, options);
    const again = await running.ask('ForecastService.Run', asked, options);
    expect(again).toEqual({ ...first, replay: true });
  });

  test('is held against what happened: days inside its bands are counted', async () => {
    await running.setUp();
    const { id, days } = await running.post<Shown>('ForecastService.Run', { horizonDays: 4 });
    const path = { id };
    expect(await running.get('ForecastService.GetAccuracy', { path })).toMatchObject({
      inflow: { days: 0 },
    });

    const query = { poolCode: 'tsa', series: 'inflow' };
    const listed = () =>
      running.get<Items<ForecastDay>>('ForecastService.ListDays', { path, query });
    // As foreseen on the first and the third day, and far beyond any band on the second.
    const [first, , third] = (await listed()).items.map(({ quantiles }) => quantiles[4] ?? '');
    const actual = [first ?? '', '9000.00', third ?? ''];
    const flows = actual.map((amount, at) => ({
      day: days[at],
      series: 'receipts',
      poolCode: 'general',
      kind: 'inflow',
      amount,
    }));
    await running.post('FlowService.ImportHistory', { flows });
    for (const account of ['21', '22'])
      for (const [at, day] of days.slice(0, 3).entries()) {
        const moved = account === '21' ? actual : ['0.00', '0.00', '0.00'];
        const earlier = moved.slice(0, at).map((amount) => Money.of(amount));
        const start = Money.of(account === '21' ? '5000.00' : '800.00');
        const opening = earlier.reduce((sum, each) => sum.plus(each), start).toString();
        const body = statement(account, day, opening, { receipts: moved[at] ?? '0.00' });
        await running.post('StatementService.Receive', body);
      }

    const { items } = await listed();
    expect(items.map((day) => day.actual)).toEqual([...actual, null]);
    const known = items.slice(0, 3).map(({ quantiles }, at) => ({
      of: (level: number) => Money.of(quantiles[level] ?? '').toPlainFen(),
      fen: Money.of(actual[at] ?? '').toPlainFen(),
    }));
    const share = (low: number, high: number) =>
      Math.round(
        (100 * known.filter(({ of, fen }) => of(low) <= fen && fen <= of(high)).length) / 3,
      );
    const errors = known.map(({ of, fen }) => Math.abs(of(4) - fen));
    const mean = Math.round(errors.reduce((sum, each) => sum + each, 0) / 3);
    expect([share(2, 6), share(0, 8)]).toEqual([67, 67]);
    expect(await running.get('ForecastService.GetAccuracy', { path })).toMatchObject({
      inflow: {
        days: 3,
        covered80Percent: share(2, 6),
        covered95Percent: share(0, 8),
        meanAbsoluteError: Money.ofPlainFen(mean).toString(),
      },
    });
  });
});
