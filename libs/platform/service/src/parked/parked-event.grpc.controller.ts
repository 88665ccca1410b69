import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { Call } from '../caller.js';
import { CurrentCall } from '../door/current-call.js';
import { Duty, GrpcUseCase } from '../use-case.js';
import { ParkedEventDesk } from './parked-event-desk.js';
import { MendParkedEvent, ParkedEventPath, ParkedEventQuery } from './parked-event.dto.js';

@Controller()
export class ParkedEventGrpcController {
  constructor(private readonly desk: ParkedEventDesk) {}

  @GrpcUseCase('ParkedEventService.List')
  @Duty('parked.mend', 'audit.read')
  list(@Payload() query: ParkedEventQuery, @CurrentCall() call: Call) {
    return this.desk.list(call, query);
  }

  @GrpcUseCase('ParkedEventService.Mend')
  @Duty('parked.mend')
  mend(@Payload() mending: MendParkedEvent, @CurrentCall() call: Call) {
    return this.desk.mend(call, mending);
  }

  @GrpcUseCase('ParkedEventService.Replay')
  @Duty('parked.mend')
  replay(@Payload() path: ParkedEventPath, @CurrentCall() call: Call) {
    return this.desk.replay(call, path);
  }
}
