import { Injectable } from '@nestjs/common';
import { decideStatement, type StatementRefusal } from '@guoku/domain-forecast';
import { outbox } from '@guoku/messaging';
import { accepted, Commands, refused, type Answer, type Call, type Refusal } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ReceiveStatementDto } from './statement.dto.js';
import type { StatementRow } from './statement.row.js';
import { statementOf, StatementStore, type Chain } from './statement.store.js';

/** Takes in one daily report of the treasury. The same report again changes nothing. */
@Injectable()
export class ReceiveStatement {
  constructor(private readonly commands: Commands) {}

  handle(call: Call, dto: ReceiveStatementDto): Promise<Answer<StatementRow>> {
    const { mofDivCode, person } = call.caller;
    const action = 'StatementService.Receive';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const store = new StatementStore(session, mofDivCode);
      const chain = await store.lockChain(dto.accountCode, dto.date);
      if (chain === undefined)
        return refused(refuse('account_unknown', { field: '/accountCode', extra: { ...dto } }));
      const row = rowOf(dto, chain, dto.id ?? context.newId());
      const { same, latest } = chain;
      const decision = decideStatement(
        statementOf(row),
        same && statementOf(same),
        latest && statementOf(latest),
      );
      if (!decision.ok) return refused(explain(decision.refusal, row, chain));
      if (!decision.isNew) return accepted(same ?? row, { status: 201 });

      const isRecorded = await store.insert(row, person, context.now);
      if (!isRecorded) return refused(refuse('id_taken', { field: '/id', extra: { id: row.id } }));
      const { id: statementId, ...figures } = row;
      await outbox.append(session, [
        {
          type: 'guoku.statement.received.v1',
          subject: row.id,
          mofDivCode,
          aggregateId: row.accountCode,
          actor: person,
          data: { statementId, ...figures },
        },
      ]);
      return accepted(row, { status: 201, subject: `statement/${row.id}` });
    });
  }
}

function rowOf(dto: ReceiveStatementDto, { poolCode }: Chain, id: string): StatementRow {
  return {
    id,
    accountCode: dto.accountCode,
    poolCode,
    date: dto.date,
    opening: dto.opening.toString(),
    receipts: dto.receipts.toString(),
    payments: dto.payments.toString(),
    closing: dto.closing.toString(),
  };
}

const FIELDS: Record<StatementRefusal, string> = {
  statement_differs: '/date',
  statement_not_balanced: '/closing',
  statement_out_of_order: '/date',
  statement_chain_broken: '/opening',
};

function explain(code: StatementRefusal, row: StatementRow, { latest }: Chain): Refusal {
  const before = latest && { previousDate: latest.date, expected: latest.closing };
  return refuse(code, { field: FIELDS[code], extra: { ...row, ...before } });
}
