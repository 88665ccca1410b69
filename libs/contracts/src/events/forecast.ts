import { code, day, id, list, money, object, oneOf } from '../schema.js';

export const statementReceived = object({
  statementId: id('the statement 库存日报'),
  accountCode: code('treasury account'),
  poolCode: code('cash pool of the account'),
  date: day('day of the statement'),
  opening: money('balance at the start of the day'),
  receipts: money('in'),
  payments: money('out'),
  closing: money('balance at the end of the day'),
});

export const published = object({
  snapshotId: id('the forecast, which never changes'),
  origin: day('last day whose flows were known'),
  model: code('name of the model'),
  quantile: code('quantile of the cumulated inflow that planning counts on, such as 0.10'),
  errorBuffer: oneOf(['quantile', 'reserve'], 'where the caution for forecast errors was added'),
  days: list(day('working day'), 'the horizon'),
  pools: list(
    object({
      poolCode: code('cash pool'),
      opening: money('balance at the end of the origin day'),
      inflow: list(money('planning inflow'), 'one for each day'),
      committed: list(money('outflow that is no request'), 'one for each day'),
      floor: list(money('nobody goes below'), 'one for each day'),
      reserve: list(money('safety line 安全线 above the floor'), 'one for each day'),
    }),
    'every pool of the division',
  ),
});
