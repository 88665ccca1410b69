import { Injectable } from '@nestjs/common';
import { accepted, Commands, refused, type Answer, type Call } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { FlowHistoryDto, ImportFlowHistoryDto, PastFlowDto } from './flow.dto.js';
import { FlowStore, type Flow } from './flow.store.js';

/** Takes in flows from before the system ran. All or nothing; the same history again changes nothing. */
@Injectable()
export class ImportFlowHistory {
  constructor(private readonly commands: Commands) {}

  handle(call: Call, dto: ImportFlowHistoryDto): Promise<Answer<FlowHistoryDto>> {
    const action = 'FlowService.ImportHistory';
    return this.commands.run(call, { action, body: dto }, async (session, { now }) => {
      const store = new FlowStore(session, call.caller.mofDivCode);
      const flows = dto.flows.map(pastFlow);
      const pools = await store.pools();
      const astray = flows.findIndex(({ poolCode }) => !pools.has(poolCode));
      if (astray >= 0)
        return refused(
          refuse('pool_unknown', {
            field: `/flows/${String(astray)}/poolCode`,
            extra: { poolCode: flows[astray]?.poolCode },
          }),
        );
      const added = await store.add(flows, now);
      const differing = await store.differing(flows);
      if (differing !== undefined) {
        const place = differing.place - 1;
        return refused(
          refuse('flow_differs', {
            field: `/flows/${String(place)}/amount`,
            extra: { ...flows[place], recorded: differing.recorded },
          }),
        );
      }

      return accepted({ added, known: flows.length - added }, { status: 201 });
    });
  }
}

function pastFlow({ day, series, poolCode, kind, amount }: PastFlowDto): Flow {
  return {
    sourceKind: 'history',
    sourceId: `${poolCode} ${series} ${day}`,
    series,
    poolCode,
    direction: kind,
    day,
    amount: amount.toString(),
  };
}
