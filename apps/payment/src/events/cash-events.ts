import type { EventData } from '@guoku/contracts';
import type { IncomingEvent } from '@guoku/messaging';
import { json, type Session } from '@guoku/persistence';

/** Keeps what forecast published, whole: plans are made on it. */
export async function keepForecast(
  session: Session,
  { mofDivCode, time, data }: IncomingEvent<EventData<'guoku.forecast.published.v1'>>,
): Promise<void> {
  const { snapshotId, origin } = data;
  await session.execute(
    `insert into forecast_snapshot (mof_div_code, snapshot_id, origin, published_at, data)
     values (:mofDivCode, :snapshotId, :origin, :time, :data) on conflict do nothing`,
    { mofDivCode, snapshotId, origin, time, data: json(data) },
  );
}

/** Keeps the treasury's report, to be shown beside reconciliation. */
export async function keepStatement(
  session: Session,
  { mofDivCode, data }: IncomingEvent<EventData<'guoku.statement.received.v1'>>,
): Promise<void> {
  const { accountCode, date, opening, receipts, payments, closing } = data;
  await session.execute(
    `insert into statement_day (mof_div_code, account_code, day, opening, receipts, payments, closing)
     values (:mofDivCode, :accountCode, :date, :opening, :receipts, :payments, :closing)
     on conflict do nothing`,
    { mofDivCode, accountCode, date, opening, receipts, payments, closing },
  );
}

/** Adds up the receipts of a business day, to be shown with it. */
export async function addReceipt(
  session: Session,
  { mofDivCode, data }: IncomingEvent<EventData<'guoku.revenue.received.v1'>>,
): Promise<void> {
  await session.execute(
    `insert into receipt_day as known (mof_div_code, day, receipts) values (:mofDivCode, :date, :amount)
     on conflict (mof_div_code, day) do update set receipts = known.receipts + excluded.receipts`,
    { mofDivCode, date: data.date, amount: data.amount },
  );
}
