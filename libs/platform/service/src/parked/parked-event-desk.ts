import { Injectable } from '@nestjs/common';
import {
  ParkedEvents,
  type Consumer,
  type ParkedEvent,
  type ParkedRefusal,
} from '@guoku/messaging';
import { Transactor } from '@guoku/persistence';
import type { Call } from '../caller.js';
import { Commands } from '../commands.js';
import { accepted, refused, type Answer } from '../outcome.js';
import { Pages, type Page } from '../pages.js';
import { refusalsOf, type Refusal } from '../refusal.js';
import type {
  MendedView,
  MendParkedEvent,
  ParkedEventPath,
  ParkedEventQuery,
  ParkedEventView,
  ReplayedView,
} from './parked-event.dto.js';

const refuse = refusalsOf<ParkedRefusal>({
  parked_event_not_found: {
    http: 404,
    grpc: 'NOT_FOUND',
    zh: '没有这条搁置的事件',
    en: 'There is no such parked event.',
  },
  parked_event_already_replayed: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '此事件已补办',
    en: 'It was replayed already.',
  },
  parked_event_unreadable: {
    http: 422,
    grpc: 'FAILED_PRECONDITION',
    zh: '原记录无法读取，只能由来源服务重发',
    en: 'The record cannot be read; its service has to publish it again.',
  },
  parked_event_data_invalid: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '数据不符合事件规范：{fault}',
    en: 'The data do not follow the contract: {fault}',
  },
});

/** Where an officer looks at events that could not be taken in, mends them and has them taken in. */
@Injectable()
export class ParkedEventDesk {
  private events = new ParkedEvents([]);

  constructor(
    private readonly commands: Commands,
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** Called once at start: the consumers come out of the application that this desk is a part of. */
  serve(consumers: readonly Consumer[]): void {
    this.events = new ParkedEvents(consumers);
  }

  async list(
    { caller: { mofDivCode } }: Call,
    query: ParkedEventQuery,
  ): Promise<Page<ParkedEventView>> {
    const after = this.pages.after(query, mofDivCode)?.[0];
    const filter = {
      mofDivCode,
      limit: this.pages.rowsToRead(query),
      ...(query.state === undefined ? {} : { state: query.state }),
      ...(after === undefined ? {} : { after }),
    };
    const rows = await this.transactor.run((session) => this.events.list(session, filter), {
      readOnly: true,
    });
    return this.pages.page(rows, query, mofDivCode, (row) => [row.id], shown);
  }

  mend(call: Call, { parkedEventId, data }: MendParkedEvent): Promise<Answer<MendedView>> {
    const { mofDivCode, person } = call.caller;
    const command = {
      action: 'ParkedEventService.Mend',
      subject: `parked-event/${parkedEventId}`,
      body: { data },
    };
    return this.commands.run(call, command, async (session) => {
      const mended = objectFrom(data);
      if (mended === undefined) return refused(dataInvalid('not a JSON object'));
      const which = { mofDivCode, id: parkedEventId, person, data: mended };
      const decision = await this.events.mend(session, which);
      return decision.ok ? accepted({ parkedEventId }) : refused(refusalFrom(decision));
    });
  }

  replay(call: Call, { parkedEventId }: ParkedEventPath): Promise<Answer<ReplayedView>> {
    const { mofDivCode, person } = call.caller;
    const command = {
      action: 'ParkedEventService.Replay',
      subject: `parked-event/${parkedEventId}`,
      body: {},
    };
    return this.commands.run(call, command, async (session) => {
      const which = { mofDivCode, id: parkedEventId, person };
      const decision = await this.events.replay(session, which);
      if (!decision.ok) return refused(refusalFrom(decision));
      return accepted({ parkedEventId, effect: decision.effect });
    });
  }
}

function dataInvalid(fault: string): Refusal {
  return refuse('parked_event_data_invalid', { field: '/data', extra: { fault } });
}

function refusalFrom(decision: {
  readonly refusal: ParkedRefusal;
  readonly fault?: string;
}): Refusal {
  const { refusal, fault = '' } = decision;
  return refusal === 'parked_event_data_invalid' ? dataInvalid(fault) : refuse(refusal);
}

function objectFrom(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function shown({ mofDivCode: _division, mendedData, ...event }: ParkedEvent): ParkedEventView {
  const mended = mendedData === null ? null : JSON.stringify(mendedData);
  return { ...event, mendedData: mended };
}
