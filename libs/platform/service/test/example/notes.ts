import { Injectable } from '@nestjs/common';
import { outbox } from '@guoku/messaging';
import { Transactor, type Session } from '@guoku/persistence';
import {
  accepted,
  Commands,
  Pages,
  refusalsOf,
  refused,
  Refused,
  Separation,
  Versioned,
  type Answer,
  type Call,
  type Page,
} from '@guoku/service';
import type { EnterNote, NotePath, NoteQuery, NoteView } from './note.dto.js';

export const refuse = refusalsOf({
  note_not_found: {
    http: 404,
    grpc: 'NOT_FOUND',
    zh: '没有这张便条',
    en: 'There is no such note.',
  },
  note_too_dear: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '金额 {amount} 超过上限',
    en: '{amount} is over the limit.',
  },
  note_approved: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '已审核',
    en: 'It is approved already.',
  },
});

const columns = `id, amount, day, state, version, null as remark`;

/** Use cases of the one noun of the platform's tests. */
@Injectable()
export class Notes {
  /** Tests hold a command back here, to see what others get meanwhile. */
  gate: Promise<void> = Promise.resolve();
  runs = 0;

  constructor(
    private readonly commands: Commands,
    private readonly transactor: Transactor,
    private readonly pages: Pages,
    private readonly separation: Separation,
  ) {}

  enter(call: Call, body: EnterNote): Promise<Answer<NoteView>> {
    return this.commands.run(
      call,
      { action: 'NoteService.Enter', body },
      async (session, context) => {
        const { mofDivCode, person } = call.caller;
        const id = body.id ?? context.newId();
        const day = body.day ?? (await context.today());
        this.runs += 1;
        await this.gate;
        await session.execute(
          `insert into note (mof_div_code, id, amount, day, state) values (:mofDivCode, :id, :amount, :day, 'entered')`,
          { mofDivCode, id, amount: body.amount.toString(), day },
        );
        await this.separation.record(session, {
          mofDivCode,
          person,
          duty: 'plan.enter',
          subject: `note/${id}`,
        });
        await outbox.append(session, [
          {
            type: 'guoku.business-day.opened.v1',
            subject: day,
            mofDivCode,
            aggregateId: id,
            actor: person,
            data: { day, month: day.slice(0, 7) },
          },
        ]);
        // After it was written, so that tests see it undone.
        if (body.amount.toString().length > 8) {
          return refused(
            refuse('note_too_dear', {
              field: '/amount',
              extra: { amount: body.amount.toString() },
            }),
          );
        }
        const note = await this.find(session, mofDivCode, id);
        return accepted(note, { status: 201, version: note.version, subject: `note/${id}` });
      },
    );
  }

  approve(call: Call, { id }: NotePath): Promise<Answer<NoteView>> {
    const subject = `note/${id}`;
    const command = { action: 'NoteService.Approve', subject, body: { id } };
    return this.commands.run(call, command, async (session, context) => {
      const { mofDivCode, person } = call.caller;
      const note = await this.find(session, mofDivCode, id);
      const deed = { mofDivCode, person, duty: 'plan.approve', subject } as const;
      const refusal =
        context.staleness(note.version) ??
        (note.state === 'approved' ? refuse('note_approved') : null) ??
        (await this.separation.conflict(session, deed));
      if (refusal !== null) return refused(refusal);
      await this.separation.record(session, deed);
      await session.execute(
        `update note set state = 'approved', version = version + 1 where mof_div_code = :mofDivCode and id = :id`,
        { mofDivCode, id },
      );
      const approved = await this.find(session, mofDivCode, id);
      return accepted(approved, { version: approved.version });
    });
  }

  async get(call: Call, { id }: NotePath): Promise<Versioned<NoteView>> {
    const note = await this.transactor.run(
      (session) => this.find(session, call.caller.mofDivCode, id),
      {
        readOnly: true,
      },
    );
    return new Versioned(note, note.version);
  }

  async list({ caller: { mofDivCode } }: Call, query: NoteQuery): Promise<Page<NoteView>> {
    const after = this.pages.after(query, mofDivCode);
    const rows = await this.transactor.run((session) =>
      session.rows<NoteView>(
        `select ${columns} from note where mof_div_code = :mofDivCode
           and (:state::text is null or state = :state) and (:after::uuid is null or id > :after::uuid)
         order by id limit :limit`,
        {
          mofDivCode,
          state: query.state ?? null,
          after: after?.[0] ?? null,
          limit: this.pages.rowsToRead(query),
        },
      ),
    );
    return this.pages.page(
      rows,
      query,
      mofDivCode,
      (row) => [row.id],
      (row) => row,
    );
  }

  private async find(session: Session, mofDivCode: string, id: string): Promise<NoteView> {
    const note = await session.one<NoteView>(
      `select ${columns} from note where mof_div_code = :mofDivCode and id = :id`,
      { mofDivCode, id },
    );
    if (note === undefined) throw new Refused(refuse('note_not_found'));
    return note;
  }
}
