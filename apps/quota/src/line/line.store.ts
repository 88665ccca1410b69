import type { Line, LineEvent, Movement } from '@guoku/domain-quota';
import { movementsOf } from '@guoku/domain-quota';
import { Money } from '@guoku/money';
import { json, type Session } from '@guoku/persistence';
import { lineColumns, type LineRow } from './line.row.js';

/** Who changes, in which division, when. */
export interface Scope {
  readonly mofDivCode: string;
  readonly actor: string;
  readonly now: Date;
}

/** A line as it becomes, and what explains it. */
export interface LineChange {
  readonly line: Line;
  readonly events: readonly LineEvent[];
  readonly note: string;
}

/** All SQL that writes lines. */
export class LineStore {
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
  ) {}

  async lock(bgtId: string): Promise<LineRow | undefined> {
    return this.session.one<LineRow>(
      `select ${lineColumns} from quota_line l
        where l.mof_div_code = :mofDivCode and l.bgt_id = :bgtId for update`,
      { mofDivCode: this.scope.mofDivCode, bgtId },
    );
  }

  /** Saves officers' changes of one or many lines that are locked, with the movements that explain them. */
  async save(changes: readonly LineChange[]): Promise<void> {
    const { mofDivCode, actor, now } = this.scope;
    const moved = changes.flatMap(({ line, events, note }) =>
      events.flatMap((event) =>
        movementsOf(event).map((movement) => ({
          ...movementJson(line.bgtId, movement),
          budget_id: event.type === 'allotted' ? event.budgetId : null,
          note,
        })),
      ),
    );
    await this.session.execute(
      `with line as (
         update quota_line l
            set is_frozen = c.is_frozen, sources = c.sources, unallotted = c.unallotted,
                available = c.available, frozen = c.frozen, version = l.version + 1,
                moved_at = greatest(l.moved_at, :now::timestamptz)
           from jsonb_to_recordset(:lines::jsonb) as c
                (bgt_id uuid, is_frozen boolean, sources numeric, unallotted numeric,
                 available numeric, frozen numeric)
          where l.mof_div_code = :mofDivCode and l.bgt_id = c.bgt_id
         returning l.bgt_id, l.moved_at)
       insert into line_movement
         (mof_div_code, bgt_id, kind, debit, credit, amount, budget_id, actor, note, moved_at)
       select :mofDivCode, m.bgt_id, m.kind, m.debit, m.credit, m.amount, m.budget_id, :actor, m.note,
              line.moved_at
         from jsonb_to_recordset(:movements::jsonb) as m
              (bgt_id uuid, kind text, debit text, credit text, amount numeric, budget_id uuid,
               note text, place int)
         join line using (bgt_id)
        order by m.place`,
      {
        mofDivCode,
        actor,
        now,
        lines: json(changes.map(({ line }) => lineJson(line))),
        movements: json(moved.map((movement, place) => ({ ...movement, place }))),
      },
    );
  }

  /** Remembers when the mark of a wholly frozen line changed, in the same transaction. */
  async mark(line: Line, note: string): Promise<void> {
    const { mofDivCode, actor, now } = this.scope;
    await this.session.execute(
      `insert into line_mark_log (mof_div_code, bgt_id, is_frozen, actor, note, marked_at)
       select mof_div_code, bgt_id, :isFrozen, :actor, :note, greatest(moved_at, :now::timestamptz)
         from quota_line where mof_div_code = :mofDivCode and bgt_id = :bgtId`,
      { mofDivCode, bgtId: line.bgtId, isFrozen: line.isFrozen, actor, note, now },
    );
  }
}

export function lineOf(row: LineRow): Line {
  return {
    bgtId: row.bgtId,
    fiscalYear: row.fiscalYear,
    isFrozen: row.isFrozen,
    balances: {
      sources: Money.of(row.sources),
      unallotted: Money.of(row.unallotted),
      available: Money.of(row.available),
      frozen: Money.of(row.frozen),
      held: Money.of(row.held),
      inTransit: Money.of(row.inTransit),
      spent: Money.of(row.spent),
    },
    returned: Money.of(row.returned),
  };
}

export function movementJson(bgtId: string, { kind, debit, credit, amount }: Movement) {
  return { bgt_id: bgtId, kind, debit, credit, amount };
}

function lineJson({ bgtId, isFrozen, balances }: Line) {
  const { sources, unallotted, available, frozen } = balances;
  return { bgt_id: bgtId, is_frozen: isFrozen, sources, unallotted, available, frozen };
}
