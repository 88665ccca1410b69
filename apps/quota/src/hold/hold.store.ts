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
import { besideLineColumns, type HoldBesideLine, holdColumns, type HoldRow } from './hold.row.js';

/** A hold with its line, which is locked until the transaction ends. */
export interface LockedHold {
  readonly row: LineBeside | undefined;
  readonly state: HoldState;
  /** When the hold was made; undefined where there is none. */
  readonly heldAt: string | undefined;
}

type Found = (LineBeside | { readonly bgtId: null }) & HoldBesideLine;
type LineBeside = LineRow & YearStart;

interface YearStart {
  /** MM-DD */
  readonly fiscalYearStart: string;
}

/** What one command did to one hold. */
export interface HoldChange {
  readonly requestId: string;
  readonly events: readonly HoldEvent[];
}

/** All SQL that writes holds. The line is the lock: what happens to holds of one line happens one after the other. */
export class HoldStore {
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
  ) {}

  /**
   * Locks the line of a hold and reads what a decision needs, as those who held the lock before left it.
   *
   * @param bgtId the line of a hold to be made; left out, it is the line of the hold that exists
   */
  async lock(of: {
    readonly requestId: string;
    readonly bgtId?: string;
    readonly paymentId?: string;
  }): Promise<LockedHold> {
    const { mofDivCode } = this.scope;
    const found = await this.session.one<Found>(LOCK, {
      mofDivCode,
      requestId: of.requestId,
      bgtId: of.bgtId ?? null,
      paymentId: of.paymentId ?? null,
    });
    const row = found && isThere(found) ? found : undefined;
    const state = {
      line: row && lineOf(row),
      hold: found && heldBy(found),
      part: found && partOf(found),
    };
    return { row, state, heldAt: state.hold && found?.holdHeldAt };
  }

  /** The hold that a carried-over request goes on with, and when it was made; its line is locked. */
  async read(
    requestId: string,
  ): Promise<{ readonly hold: Hold | undefined; readonly heldAt: string | undefined }> {
    const row = await this.session.one<HoldRow>(
      `select ${holdColumns} from hold h
        where h.mof_div_code = :mofDivCode and h.request_id = :requestId`,
      { mofDivCode: this.scope.mofDivCode, requestId },
    );
    return { hold: row && holdOf(row), heldAt: row?.heldAt };
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

const LOCK = `
  select ${lineColumns}, d.fiscal_year_start as "fiscalYearStart", ${besideLineColumns}
    from lock_hold(:mofDivCode, :requestId, :bgtId, :paymentId) f
   cross join lateral (select (f.line).*) l
   cross join lateral (select (f.held).*) h
   cross join lateral (select (f.part).*) p
    left join division d on d.mof_div_code = :mofDivCode`;

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

function isThere(found: Found): found is LineBeside & HoldBesideLine {
  return found.bgtId !== null;
}

function heldBy(row: HoldBesideLine): Hold | undefined {
  if (row.holdRequestId === null) return undefined;
  return holdOf({
    requestId: row.holdRequestId,
    bgtId: row.holdBgtId,
    amount: row.holdAmount,
    held: row.holdHeld,
    inTransit: row.holdInTransit,
    spent: row.holdSpent,
    released: row.holdReleased,
    heldAt: row.holdHeldAt,
    isPlanned: row.holdIsPlanned,
  });
}

function partOf(row: HoldBesideLine): Part | undefined {
  if (row.partPaymentId === null) return undefined;
  return {
    paymentId: row.partPaymentId,
    requestId: row.partRequestId,
    amount: Money.of(row.partAmount),
    confirmed: row.partConfirmed,
    settled: row.partSettled,
    returned: row.partReturned,
  };
}
