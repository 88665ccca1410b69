import type { EventData } from '@guoku/contracts';
import type { Session } from '@guoku/persistence';

/** Remembers which requests a plan promised money to. Plans may come in any order: once promised, always remembered. */
export async function protectPlanned(
  session: Session,
  mofDivCode: string,
  { planId, items }: EventData<'guoku.plan.approved.v1'>,
): Promise<void> {
  const promised = items.filter(({ payments }) => payments.length > 0);
  await session.execute(
    `insert into planned_hold (mof_div_code, request_id, plan_id)
     select :mofDivCode, request_id, :planId from unnest(:requestIds::uuid[]) as request_id
     on conflict do nothing`,
    { mofDivCode, planId, requestIds: promised.map(({ requestId }) => requestId) },
  );
}
