import { Money } from '@guoku/money';
import { v7 } from 'uuid';
import { eve, history, reference, statement } from './books.js';
import { RunningForecast, type Items } from './running-forecast.js';

let running: RunningForecast;
beforeEach(async () => {
  running = await RunningForecast.start();
});
afterEach(() => running.stop());

interface Balance {
  readonly poolCode: string;
  readonly balance: string;
  readonly day: string | null;
}

const position = async (query = {}) => {
  const { items } = await running.get<Items<Balance>>('PoolService.GetPosition', { query });
  return items.map(({ poolCode, balance }) => `${poolCode} ${balance}`).join(', ');
};

describe('a division import', () => {
  const [account] = reference.accounts;
  const [top, ...below] = reference.pools;

  test.each([
    [
      'pool_unknown',
      '#/accounts/1/poolCode',
      { accounts: [account, { ...account, accountCode: '29', poolCode: 'none' }] },
    ],
    ['pool_unknown', '#/pools/1/parent', { pools: [top, { ...top, poolCode: 'b', parent: 'c' }] }],
    ['pool_cycle', '#/pools/0/parent', { pools: [{ ...top, parent: 'general' }, ...below] }],
  ])('with %s at %s is refused whole', async (code, pointer, fault) => {
    const body = { ...reference, ...fault };
    expect(await running.ask('DivisionService.Import', { body })).toMatchObject({
      code,
      body: { errors: [{ pointer }] },
    });
    expect(await running.get('PoolService.List')).toMatchObject({ items: [] });
    expect(await running.get('AccountService.List')).toMatchObject({ items: [] });
  });

  test('that comes again changes nothing, and one that differs changes what differs', async () => {
    await running.setUp();
    const everything = async () => [
      await running.get('PoolService.List'),
      await running.get('AccountService.List'),
      await running.get('StatementService.List'),
    ];
    const before = await everything();
    await running.post('DivisionService.Import', reference);
    expect(await everything()).toEqual(before);

    const pools = [{ ...top, floor: '50.00' }, ...below];
    await running.post('DivisionService.Import', { ...reference, pools });
    const changed =
      await running.get<Items<{ poolCode: string; floor: string }>>('PoolService.List');
    expect(changed.items.map(({ poolCode, floor }) => `${poolCode} ${floor}`)).toEqual([
      'funds 0.00',
      'general 0.00',
      'tsa 50.00',
    ]);
  });
});

describe('statements', () => {
  test('chain: each opens where the one before closed, and the same again is nothing new', async () => {
    await running.setUp();
    const monday = statement('21', '2026-03-09', '5000.00', { receipts: '70.00' });
    const first = await running.post('StatementService.Receive', monday);
    expect(await running.post('StatementService.Receive', monday)).toEqual(first);

    const refused = [
      [{ ...monday, receipts: '71.00', closing: '5071.00' }, 'statement_differs'],
      [{ ...monday, date: '2026-03-10' }, 'statement_chain_broken'],
      [statement('21', '2026-03-03', '5000.00'), 'statement_out_of_order'],
      [{ ...statement('21', '2026-03-10', '5070.00'), payments: '0.01' }, 'statement_not_balanced'],
      [statement('99', '2026-03-10', '5070.00'), 'account_unknown'],
    ] as const;
    for (const [body, code] of refused)
      expect(await running.ask('StatementService.Receive', { body })).toMatchObject({ code });
    expect(await running.get('StatementService.List')).toMatchObject({
      items: [first, { date: eve }, { date: eve }],
    });
  });

  test('bear an id that no other one may take', async () => {
    await running.setUp();
    const id = v7();
    await running.post('StatementService.Receive', {
      id,
      ...statement('22', '2026-03-09', '800.00'),
    });
    const body = { id, ...statement('21', '2026-03-09', '5000.00') };
    expect(await running.ask('StatementService.Receive', { body })).toMatchObject({
      status: 409,
      code: 'id_taken',
    });
  });

  test('the position as of each instant is what a replay up to that instant gives', async () => {
    await running.setUp();
    const seen: [instant: string, position: string][] = [];
    const see = async () => {
      const now = await position();
      seen.push([running.clock.now().toISOString(), now]);
    };
    await see();
    let balance = Money.of('5000.00');
    for (const [day, receipts, payments] of [
      ['2026-03-09', '70.00', '0.00'],
      ['2026-03-10', '0.00', '5069.99'],
      ['2026-03-11', '12.34', '0.35'],
    ] as const) {
      const body = statement('21', day, balance.toString(), { receipts, payments });
      await running.post('StatementService.Receive', body);
      balance = Money.of(body.closing);
      await see();
    }
    expect(new Set(seen.map(([, then]) => then)).size).toBe(4);
    expect(seen.at(-1)?.[1]).toBe('funds 800.00, general 12.00, tsa 812.00');
    for (const [asOf, then] of seen) expect([asOf, await position({ asOf })]).toEqual([asOf, then]);
    const before = { asOf: '2026-03-09T00:59:59Z' };
    expect(await position(before)).toBe('funds 0.00, general 0.00, tsa 0.00');
  });
});

describe('a history of flows', () => {
  test('that comes twice counts once; with other figures it is refused whole', async () => {
    await running.setUp();
    const flows = history.slice(0, 3);
    expect(await running.post('FlowService.ImportHistory', { flows })).toEqual({
      added: 0,
      known: 3,
    });
    const body = {
      flows: [
        { ...flows[0], day: '2020-01-01' },
        { ...flows[1], amount: '1.00' },
      ],
    };
    expect(await running.ask('FlowService.ImportHistory', { body })).toMatchObject({
      status: 409,
      code: 'flow_differs',
      body: { errors: [{ pointer: '#/flows/1/amount' }] },
    });
    const query = { to: '2024-03-07' };
    const kept = await running.get<Items<object>>('FlowService.List', { query });
    expect(kept.items).toHaveLength(3);
    expect(kept.items).toContainEqual(expect.objectContaining(flows[1]));
  });

  test('with a pool that the division does not have is refused', async () => {
    await running.setUp();
    const body = { flows: [{ ...history[0], poolCode: 'none' }] };
    expect(await running.ask('FlowService.ImportHistory', { body })).toMatchObject({
      code: 'pool_unknown',
      body: { errors: [{ pointer: '#/flows/0/poolCode' }] },
    });
  });
});
