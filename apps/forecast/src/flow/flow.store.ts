import type { Session } from '@guoku/persistence';
import type { Direction } from './flow.dto.js';

export interface Flow {
  readonly sourceKind: 'history' | 'receipt' | 'payment' | 'return';
  /** Together with the kind it names the flow: the same one again counts once. */
  readonly sourceId: string;
  readonly series: string;
  readonly poolCode: string;
  readonly direction: Direction;
  readonly day: string;
  readonly amount: string;
}

/** SQL of the flows of one division, for writing. */
export class FlowStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  /** Adds the flows that are not here yet; answers how many. Pools must exist. */
  add(flows: readonly Flow[], recordedAt: Date): Promise<number> {
    const column = (name: keyof Flow) => flows.map((flow) => flow[name]);
    return this.session.execute(
      `insert into flow_movement (mof_div_code, source_kind, source_id, series, pool_code, direction, day, amount,
                                  recorded_at)
       select :mofDivCode, given.*, :recordedAt::timestamptz
       from unnest(:kinds::text[], :ids::text[], :series::text[], :pools::text[], :directions::text[], :days::date[],
                   :amounts::numeric[]) as given
       on conflict do nothing`,
      {
        mofDivCode: this.mofDivCode,
        recordedAt,
        kinds: column('sourceKind'),
        ids: column('sourceId'),
        series: column('series'),
        pools: column('poolCode'),
        directions: column('direction'),
        days: column('day'),
        amounts: column('amount'),
      },
    );
  }

  /** The first flow (by its place in the list) that is here with another amount or direction. */
  differing(flows: readonly Flow[]): Promise<{ place: number; recorded: string } | undefined> {
    return this.session.one(
      `select given.place::int as place, known.amount as recorded
       from unnest(:kinds::text[], :ids::text[], :directions::text[], :amounts::numeric[])
            with ordinality as given (source_kind, source_id, direction, amount, place)
       join flow_movement known using (source_kind, source_id)
       where known.mof_div_code = :mofDivCode
         and (known.amount <> given.amount or known.direction <> given.direction)
       order by place limit 1`,
      {
        mofDivCode: this.mofDivCode,
        kinds: flows.map((flow) => flow.sourceKind),
        ids: flows.map((flow) => flow.sourceId),
        directions: flows.map((flow) => flow.direction),
        amounts: flows.map((flow) => flow.amount),
      },
    );
  }

  async pools(): Promise<Set<string>> {
    const rows = await this.session.rows<{ poolCode: string }>(
      `select pool_code as "poolCode" from pool where mof_div_code = :mofDivCode`,
      { mofDivCode: this.mofDivCode },
    );
    return new Set(rows.map(({ poolCode }) => poolCode));
  }
}
