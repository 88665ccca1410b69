import type { Day } from '@guoku/calendar';
import {
  evolveRequest,
  type Classification,
  type FundRequest,
  type RequestEvent,
} from '@guoku/domain-payment';
import { json, type Session } from '@guoku/persistence';
import {
  requestEventOf,
  requestOf,
  GIVEN_VALUES,
  ROW_COLUMNS,
  ROW_NAMES,
  ROW_TYPES,
  ROW_VALUES,
  stateColumns,
  type FundRequestRow,
  type KeptRequestEvent,
} from './fund-request.row.js';

/** A request as it stands in the database: the state for the rules, the row for everything else. */
export interface StoredRequest {
  readonly state: FundRequest;
  readonly row: FundRequestRow;
}

/** What a command did to one request. */
export interface RequestChange {
  /** Null where the request is new. */
  readonly before: StoredRequest | null;
  readonly events: readonly RequestEvent[];
  readonly actor: string;
  readonly at: Date;
  /** Told where quota has just held it. */
  readonly classification?: Pick<Classification, 'tier' | 'urgency' | 'pool'>;
  /** Day on which quota said no when a payment was to be instructed. */
  readonly declinedOn?: Day;
}

/** All SQL that changes fund requests of one division. Many at once cost as many statements as one. */
export class FundRequestStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  /** Locks the requests, in the order of their ids; those that do not exist are missing in the answer. */
  async lock(ids: readonly string[]): Promise<Map<string, StoredRequest>> {
    const rows = await this.session.rows<FundRequestRow>(
      `select ${ROW_COLUMNS} from fund_request r
       where r.mof_div_code = :mofDivCode and r.id = any(:ids::uuid[]) order by r.id for update`,
      { mofDivCode: this.mofDivCode, ids: [...ids] },
    );
    return new Map(rows.map((row) => [row.id, { state: requestOf(row), row }]));
  }

  async lockOne(id: string): Promise<StoredRequest | undefined> {
    return (await this.lock([id])).get(id);
  }

  /** Writes row and log of each that changed, and gives the rows as they are then, in the order of the changes. */
  async save(changes: readonly RequestChange[]): Promise<FundRequestRow[]> {
    const rows = changes.map(rowAfter);
    const isNew = (nth: number): boolean => changes[nth]?.before === null;
    const isChanged = (nth: number): boolean => (changes[nth]?.events.length ?? 0) > 0;
    await this.insert(rows.filter((_, nth) => isNew(nth)));
    await this.update(rows.filter((_, nth) => isChanged(nth) && !isNew(nth)));
    await this.log(changes, rows);
    return rows;
  }

  /** The state as of an instant: the fold of what was logged up to it. */
  async asOf(id: string, instant: string): Promise<FundRequest> {
    const rows = await this.session.rows<{ event: KeptRequestEvent }>(
      `select event from fund_request_log
       where mof_div_code = :mofDivCode and request_id = :id and at <= :instant order by place`,
      { mofDivCode: this.mofDivCode, id, instant },
    );
    return rows
      .map(({ event }) => requestEventOf(event))
      .reduce<FundRequest>(evolveRequest, { stage: 'absent' });
  }

  private async insert(rows: readonly FundRequestRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.session.execute(
      `insert into fund_request (mof_div_code, ${ROW_NAMES})
       select :mofDivCode, ${ROW_VALUES} from jsonb_to_recordset(:rows) as given (${ROW_TYPES})`,
      { mofDivCode: this.mofDivCode, rows: json(rows) },
    );
  }

  private async update(rows: readonly FundRequestRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.session.execute(
      `update fund_request set (${ROW_NAMES}) = row(${GIVEN_VALUES})
       from jsonb_to_recordset(:rows) as given (${ROW_TYPES})
       where mof_div_code = :mofDivCode and fund_request.id = given.id`,
      { mofDivCode: this.mofDivCode, rows: json(rows) },
    );
  }

  private async log(
    changes: readonly RequestChange[],
    rows: readonly FundRequestRow[],
  ): Promise<void> {
    const entries = changes.flatMap(({ events, actor, at }, nth) =>
      events.map((event) => ({ id: rows[nth]?.id, at, actor, event })),
    );
    if (entries.length === 0) return;
    await this.session.execute(
      `insert into fund_request_log (mof_div_code, request_id, place, at, actor, event)
       select :mofDivCode, given.id,
              row_number() over (partition by given.id order by given.nth) +
                (select coalesce(max(known.place), 0) from fund_request_log known
                  where known.mof_div_code = :mofDivCode and known.request_id = given.id),
              given.at, given.actor, given.event
         from rows from (jsonb_to_recordset(:entries) as (id uuid, at timestamptz, actor text, event jsonb))
              with ordinality as given (id, at, actor, event, nth)`,
      { mofDivCode: this.mofDivCode, entries: json(entries) },
    );
  }
}

function rowAfter({ before, events, at, ...change }: RequestChange): FundRequestRow {
  if (before !== null && events.length === 0) return before.row;
  const state = events.reduce<FundRequest>(evolveRequest, before?.state ?? { stage: 'absent' });
  if (state.stage === 'absent') throw new Error('a change without an event that enters');
  const happened = (...types: RequestEvent['type'][]): boolean =>
    events.some(({ type }) => types.includes(type));
  const now = at.toISOString();
  const earlier = before?.row;
  const { classification } = change;
  return {
    ...stateColumns(state),
    enteredAt: happened('entered', 'amended', 'continued') ? now : (earlier?.enteredAt ?? now),
    submittedAt: happened('submitted', 'continued') ? now : (earlier?.submittedAt ?? null),
    tier: classification?.tier ?? earlier?.tier ?? null,
    urgency: classification?.urgency ?? earlier?.urgency ?? null,
    poolCode: classification?.pool ?? earlier?.poolCode ?? null,
    declinedOn: change.declinedOn ?? earlier?.declinedOn ?? null,
    version: (earlier?.version ?? 0) + 1,
  };
}
