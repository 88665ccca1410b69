import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type Call, CurrentCall, Duty, GrpcUseCase } from '@guoku/service';
import { ImportDivisionDto } from './division.dto.js';
import { ImportDivision } from './import-division.js';

@Controller()
export class DivisionGrpcController {
  constructor(private readonly importDivision: ImportDivision) {}

  @Duty('division.import')
  @GrpcUseCase('DivisionService.Import')
  import(@CurrentCall() call: Call, @Payload() body: ImportDivisionDto) {
    return this.importDivision.handle(call, body);
  }
}
