import type { Session } from '@guoku/persistence';

/** Locks lines in the one order that everybody uses, so that two batches cannot wait for each other. */
export async function lockLines(
  session: Session,
  mofDivCode: string,
  bgtIds: readonly string[],
): Promise<void> {
  await session.execute(
    `select 1 from quota_line where mof_div_code = :mofDivCode and bgt_id = any(:bgtIds::uuid[])
      order by bgt_id for update`,
    { mofDivCode, bgtIds },
  );
}
