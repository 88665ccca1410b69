import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type Call, CurrentCall, Duty, GrpcUseCase } from '@guoku/service';
import { readers } from '../duties.js';
import { ReceiptFilePath, ReceiptFileQuery } from './receipt-file.dto.js';
import {
  EnterReceiptBatchDto,
  EnterReceiptsDto,
  ReceiptPath,
  ReceiptQuery,
  ReverseReceiptMessage,
  TotalQuery,
} from './receipt.dto.js';
import { ReceiptQueries } from './receipt.queries.js';
import { Receipts } from './receipts.js';

@Controller()
export class ReceiptGrpcController {
  constructor(
    private readonly receipts: Receipts,
    private readonly queries: ReceiptQueries,
  ) {}

  @Duty('receipt.enter')
  @GrpcUseCase('ReceiptService.Enter')
  enter(@CurrentCall() call: Call, @Payload() body: EnterReceiptsDto) {
    return this.receipts.enter(call, body);
  }

  @Duty('receipt.enter')
  @GrpcUseCase('ReceiptService.EnterBatch')
  enterBatch(@CurrentCall() call: Call, @Payload() body: EnterReceiptBatchDto) {
    return this.receipts.enterBatch(call, body);
  }

  @Duty(...readers)
  @GrpcUseCase('ReceiptService.List')
  list(@CurrentCall() call: Call, @Payload() query: ReceiptQuery) {
    return this.queries.list(call, query);
  }

  @Duty(...readers)
  @GrpcUseCase('ReceiptService.ListTotals')
  totals(@CurrentCall() call: Call, @Payload() query: TotalQuery) {
    return this.queries.totals(call, query);
  }

  @Duty(...readers)
  @GrpcUseCase('ReceiptService.Get')
  get(@CurrentCall() call: Call, @Payload() { receiptId }: ReceiptPath) {
    return this.queries.get(call, receiptId);
  }

  @Duty('receipt.approve')
  @GrpcUseCase('ReceiptService.Reverse')
  reverse(@CurrentCall() call: Call, @Payload() body: ReverseReceiptMessage) {
    return this.receipts.reverse(call, body);
  }

  @Duty(...readers)
  @GrpcUseCase('ReceiptFileService.List')
  files(@CurrentCall() call: Call, @Payload() query: ReceiptFileQuery) {
    return this.queries.files(call, query);
  }

  @Duty(...readers)
  @GrpcUseCase('ReceiptFileService.Get')
  file(@CurrentCall() call: Call, @Payload() { fileId }: ReceiptFilePath) {
    return this.queries.file(call, fileId);
  }
}
