import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type Call, CurrentCall, Duty, GrpcUseCase } from '@guoku/service';
import { holders, readers } from '../duties.js';
import {
  ConfirmationPath,
  ConfirmHoldMessage,
  HoldPath,
  HoldQuery,
  PlaceHoldDto,
  PlaceHoldsDto,
} from './hold.dto.js';
import { HoldQueries } from './hold.queries.js';
import { Holds } from './holds.js';

@Controller()
export class HoldGrpcController {
  constructor(
    private readonly holds: Holds,
    private readonly queries: HoldQueries,
  ) {}

  @Duty(...holders)
  @GrpcUseCase('HoldService.Place')
  place(@CurrentCall() call: Call, @Payload() body: PlaceHoldDto) {
    return this.holds.place(call, body);
  }

  @Duty(...holders)
  @GrpcUseCase('HoldService.PlaceBatch')
  placeBatch(@CurrentCall() call: Call, @Payload() body: PlaceHoldsDto) {
    return this.holds.placeBatch(call, body);
  }

  @Duty(...readers)
  @GrpcUseCase('HoldService.List')
  list(@CurrentCall() call: Call, @Payload() query: HoldQuery) {
    return this.queries.list(call, query);
  }

  @Duty(...readers)
  @GrpcUseCase('HoldService.Get')
  get(@CurrentCall() call: Call, @Payload() { requestId }: HoldPath) {
    return this.queries.get(call, requestId);
  }

  @Duty(...holders)
  @GrpcUseCase('HoldService.Release')
  release(@CurrentCall() call: Call, @Payload() path: HoldPath) {
    return this.holds.release(call, path);
  }

  @Duty('service.payment')
  @GrpcUseCase('HoldService.Confirm')
  confirm(@CurrentCall() call: Call, @Payload() body: ConfirmHoldMessage) {
    return this.holds.confirm(call, body);
  }

  @Duty('service.payment')
  @GrpcUseCase('HoldService.CancelConfirm')
  cancelConfirm(@CurrentCall() call: Call, @Payload() path: ConfirmationPath) {
    return this.holds.cancelConfirm(call, path);
  }
}
