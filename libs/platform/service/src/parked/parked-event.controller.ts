import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Call } from '../caller.js';
import { CurrentCall } from '../door/current-call.js';
import { Duty, UseCase } from '../use-case.js';
import { ParkedEventDesk } from './parked-event-desk.js';
import {
  MendedView,
  MendParkedEventBody,
  ParkedEventPage,
  ParkedEventPath,
  ParkedEventQuery,
  ReplayedView,
} from './parked-event.dto.js';

@Controller('v1/parked-events')
export class ParkedEventController {
  constructor(private readonly desk: ParkedEventDesk) {}

  @Get()
  @UseCase('ParkedEventService.List', {
    summary: 'Events that could not be taken in, oldest first',
    answer: ParkedEventPage,
  })
  @Duty('parked.mend', 'audit.read')
  list(@Query() query: ParkedEventQuery, @CurrentCall() call: Call) {
    return this.desk.list(call, query);
  }

  @Post(':parkedEventId/mending')
  @UseCase('ParkedEventService.Mend', { summary: 'Gives it other data', answer: MendedView })
  @Duty('parked.mend')
  mend(
    @Param() path: ParkedEventPath,
    @Body() body: MendParkedEventBody,
    @CurrentCall() call: Call,
  ) {
    return this.desk.mend(call, { ...path, ...body });
  }

  @Post(':parkedEventId/replay')
  @UseCase('ParkedEventService.Replay', { summary: 'Has it taken in', answer: ReplayedView })
  @Duty('parked.mend')
  replay(@Param() path: ParkedEventPath, @CurrentCall() call: Call) {
    return this.desk.replay(call, path);
  }
}
