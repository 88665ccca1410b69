import { Injectable } from '@nestjs/common';
import { decideLine, evolveLine, type LineCommand } from '@guoku/domain-quota';
import type { Session } from '@guoku/persistence';
import {
  accepted,
  type Answer,
  type Call,
  type CommandContext,
  Commands,
  type Outcome,
  refused,
} from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ChangeLineMessage, LineDto, ReclaimMessage } from './line.dto.js';
import { lineShown } from './line.queries.js';
import type { LineRow } from './line.row.js';
import { lineOf, LineStore } from './line.store.js';

/** The use cases of lines: what officers do to them besides budgets. Shared by REST and gRPC. */
@Injectable()
export class Lines {
  constructor(private readonly commands: Commands) {}

  freeze(call: Call, body: ChangeLineMessage): Promise<Answer<LineDto>> {
    return this.change(call, 'LineService.Freeze', body, { type: 'freeze', ...amountOf(body) });
  }

  unfreeze(call: Call, body: ChangeLineMessage): Promise<Answer<LineDto>> {
    return this.change(call, 'LineService.Unfreeze', body, { type: 'unfreeze', ...amountOf(body) });
  }

  reclaim(call: Call, body: ReclaimMessage): Promise<Answer<LineDto>> {
    const { amount } = body;
    return this.change(call, 'LineService.Reclaim', body, { type: 'reclaim', amount });
  }

  private change(
    call: Call,
    action: string,
    body: ChangeLineMessage,
    command: LineCommand,
  ): Promise<Answer<LineDto>> {
    const info = { action, subject: `line/${body.bgtId}`, body };
    return this.commands.run(call, info, (session, context) =>
      changeLine(session, call, context, body, command),
    );
  }
}

async function changeLine(
  session: Session,
  call: Call,
  context: CommandContext,
  { bgtId, reason: note }: ChangeLineMessage,
  command: LineCommand,
): Promise<Outcome<LineDto>> {
  const { mofDivCode, person: actor } = call.caller;
  const store = new LineStore(session, { mofDivCode, actor, now: context.now });

  const row = await store.lock(bgtId);
  if (!row) return refused(refuse('line_unknown'));
  const stale = context.staleness(row.version);
  if (stale) return refused(stale);
  const before = lineOf(row);
  const decision = decideLine(before, command);
  if (!decision.ok) return refused(refuse(decision.refusal, { extra: figuresOf(row) }));
  if (decision.events.length === 0) return accepted(lineShown(row), { version: row.version });

  const line = evolveLine(before, decision.events);
  await store.save([{ line, events: decision.events, note }]);
  if (line.isFrozen !== before.isFrozen) await store.mark(line, note);
  const after = await store.lock(bgtId);
  if (!after) throw new Error(`line ${bgtId} is lost`);
  return accepted(lineShown(after), { version: after.version });
}

function amountOf({ amount }: ChangeLineMessage): Pick<ChangeLineMessage, 'amount'> {
  return amount === undefined ? {} : { amount };
}

function figuresOf({ available, frozen }: LineRow) {
  return { available, frozen };
}
