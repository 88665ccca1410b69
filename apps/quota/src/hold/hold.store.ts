import {
  type Hold,
  type HoldEvent,
  type HoldState,
  holdStateAfter,
  type Line,
  movementsOf,
  type Part,
} from '@guoku/domain-quota';
import { Money } from '@guoku/money';
import { json, type Session } from '@guoku/persistence';
import { Refused } from '@guoku/service';
import { lineColumns, type LineRow } from '../line/line.row.js';
import { lineOf, movementJson, type Scope } from '../line/line.store.js';
import { refuse } from '../refusals.js';
import { holdColumns, type HoldRow, type PartRow } from './hold.row.js';

/** A hold with its line, which is locked until the transaction ends. */
export interface LockedHold {
  readonly row: (LineRow & YearStart) | undefined;
  readonly state: HoldState;
  /** When the hold was made; undefined where there is none. */
  readonly heldAt: string | undefined;
}

type Found = (HoldRow | { readonly requestId: null }) & (PartRow | { readonly paymentId: null });

interface YearStart {
  /** MM-DD */
  readonly fiscalYearStart: string;
}

/** What one command did to one hold. */
export interface HoldChange {
  readonly requestId: string;
  readonly events: readonly HoldEvent[];
}

/** All SQL that writes holds. The line is the lock: whatever happens to holds of one line happens one after the other. */
export class HoldStore {
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
  ) {}

  /**
   * Locks the line of a hold and reads what a decision needs, in two statements: the second one sees what those who held
   * the lock before have done.
   *
   * @param bgtId the line of a hold to be made; left out, it is the line of the hold that exists
   */
  async lock(of: {
    readonly requestId: string;
    readonly bgtId?: string;
    readonly paymentId?: string;
  }): Promise<LockedHold> {
    const { mofDivCode } = this.scope;
    const row = await this.session.one<LineRow & YearStart>(
      `select ${lineColumns}, d.fiscal_year_start as "fiscalYearStart"
         from quota_line l join division d using (mof_div_code)
        where l.mof_div_code = :mofDivCode
          and l.bgt_id = coalesce(:bgtId::uuid, (select bgt_id from hold
               where mof_div_code = :mofDivCode and request_id = :requestId))
          for update of l`,
      { mofDivCode, requestId: of.requestId, bgtId: of.bgtId ?? null },
    );
    const { hold, part, heldAt } = await this.read(of.requestId, of.paymentId);
    return { row, state: { line: row && lineOf(row), hold, part }, heldAt };
  }

  /** A hold and one of its payments; also used for the hold that a carried-over request goes on with. */
  async read(
    requestId: string,
    paymentId?: string,
  ): Promise<{ hold: Hold | undefined; part: Part | undefined; heldAt: string | undefined }> {
    const { mofDivCode } = this.scope;
    const found = await this.session.one<Found>(
      `select ${holdColumns}, p.payment_id as "paymentId", p.request_id as "partRequestId",
              p.amount as "partAmount", p.confirmed, p.settled, p.returned
         from (select 1) one
         left join hold h on h.mof_div_code = :mofDivCode and h.request_id = :requestId::uuid
         left join hold_part p on p.mof_div_code = :mofDivCode and p.payment_id = :paymentId::uuid`,
      { mofDivCode, requestId, paymentId: paymentId ?? null },
    );
    if (!found) throw new Error('a left join of one row gave none');
    return {
      hold: found.requestId === null ? undefined : holdOf(found),
      part: found.paymentId === null ? undefined : partOf(found),
      heldAt: found.requestId === null ? undefined : found.heldAt,
    };
  }

  /**
   * Saves what commands did to holds of one locked line, in one statement: line, holds, payments and movements.
   *
   * @returns the line afterwards with the last of the holds, and when the holds were made that were written
   */
  async save(
    before: HoldState,
    changes: readonly (HoldChange & Partial<HoldState>)[],
  ): Promise<{ state: HoldState; heldAt: string | undefined }> {
    let state = before;
    const holds: Hold[] = [];
    const parts: Part[] = [];
    const movements: object[] = [];
    for (const { requestId, events, ...slice } of changes) {
      state = holdStateAfter({ ...state, ...slice }, events);
      if (state.hold) holds.push(state.hold);
      if (state.part) parts.push(state.part);
      const bgtId = state.line?.bgtId ?? '';
      for (const event of events) {
        const payment_id = 'paymentId' in event ? event.paymentId : null;
        for (const movement of movementsOf(event)) {
          const place = movements.length;
          const moved = movementJson(bgtId, movement);
          movements.push({ ...moved, request_id: requestId, payment_id, place });
        }
      }
    }
    if (changes.every(({ events }) => events.length === 0)) return { state, heldAt: undefined };
    return { state, heldAt: await this.write(state.line, { holds, parts, movements }) };
  }

  private async write(
    line: Line | undefined,
    change: { holds: readonly Hold[]; parts: readonly Part[]; movements: readonly object[] },
  ): Promise<string> {
    if (!line) throw new Error('a hold without a line');
    const { mofDivCode, actor, now } = this.scope;
    const { available, held, inTransit, spent } = line.balances;
    const written = await this.session.one<{ holds: number; parts: number; heldAt: string }>(SAVE, {
      mofDivCode,
      actor,
      now,
      bgtId: line.bgtId,
      available: available.toString(),
      held: held.toString(),
      inTransit: inTransit.toString(),
      spent: spent.toString(),
      returned: line.returned.toString(),
      holds: json(change.holds),
      parts: json(change.parts),
      movements: json(change.movements),
    });
    // Another line's lock is no help where the same request or payment is given to two lines at once.
    if (written?.holds !== change.holds.length) throw new Refused(refuse('hold_differs'));
    if (written.parts !== change.parts.length) throw new Refused(refuse('payment_differs'));
    return written.heldAt;
  }
}

const SAVE = `
  with line as (
    update quota_line
       set available = :available::numeric, held = :held::numeric, in_transit = :inTransit::numeric,
           spent = :spent::numeric, returned = :returned::numeric,
           moved_at = greatest(moved_at, :now::timestamptz)
     where mof_div_code = :mofDivCode and bgt_id = :bgtId::uuid
    returning moved_at),
  held as (
    insert into hold (mof_div_code, request_id, bgt_id, amount, held, in_transit, spent, released, held_at)
    select :mofDivCode, h."requestId", h."bgtId", h.amount, h.held, h."inTransit", h.spent, h.released,
           line.moved_at
      from line, jsonb_to_recordset(:holds::jsonb) as h
           ("requestId" uuid, "bgtId" uuid, amount numeric, held numeric, "inTransit" numeric,
            spent numeric, released numeric)
    on conflict (mof_div_code, request_id) do update
       set held = excluded.held, in_transit = excluded.in_transit, spent = excluded.spent,
           released = excluded.released
     where hold.bgt_id = excluded.bgt_id and hold.amount = excluded.amount
    returning held_at),
  part as (
    insert into hold_part (mof_div_code, payment_id, request_id, amount, confirmed, settled, returned)
    select :mofDivCode, p."paymentId", p."requestId", p.amount, p.confirmed, p.settled, p.returned
      from jsonb_to_recordset(:parts::jsonb) as p
           ("paymentId" uuid, "requestId" uuid, amount numeric, confirmed boolean, settled boolean,
            returned text)
    on conflict (mof_div_code, payment_id) do update
       set confirmed = excluded.confirmed, settled = excluded.settled, returned = excluded.returned
     where hold_part.request_id = excluded.request_id and hold_part.amount = excluded.amount
    returning 1),
  moved as (
    insert into line_movement
      (mof_div_code, bgt_id, kind, debit, credit, amount, request_id, payment_id, actor, moved_at)
    select :mofDivCode, m.bgt_id, m.kind, m.debit, m.credit, m.amount, m.request_id, m.payment_id, :actor,
           line.moved_at
      from line, jsonb_to_recordset(:movements::jsonb) as m
           (bgt_id uuid, kind text, debit text, credit text, amount numeric, request_id uuid,
            payment_id uuid, place int)
     order by m.place)
  select count(*)::int as holds, max(held_at) as "heldAt", (select count(*)::int from part) as parts
    from held`;

export function holdOf(row: HoldRow): Hold {
  return {
    requestId: row.requestId,
    bgtId: row.bgtId,
    amount: Money.of(row.amount),
    held: Money.of(row.held),
    inTransit: Money.of(row.inTransit),
    spent: Money.of(row.spent),
    released: Money.of(row.released),
    isPlanned: row.isPlanned,
  };
}

function partOf(row: PartRow): Part {
  const { paymentId, partRequestId: requestId, confirmed, settled, returned } = row;
  return { paymentId, requestId, amount: Money.of(row.partAmount), confirmed, settled, returned };
}
