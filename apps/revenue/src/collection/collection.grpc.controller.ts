import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { type Call, CurrentCall, Duty, GrpcUseCase } from '@guoku/service';
import { readers } from '../duties.js';
import {
  CollectionPath,
  CollectionQuery,
  EnterCollectionDto,
  ReverseCollectionMessage,
} from './collection.dto.js';
import { CollectionQueries } from './collection.queries.js';
import { Collections } from './collections.js';

@Controller()
export class CollectionGrpcController {
  constructor(
    private readonly collections: Collections,
    private readonly queries: CollectionQueries,
  ) {}

  @Duty('receipt.enter')
  @GrpcUseCase('CollectionService.Enter')
  enter(@CurrentCall() call: Call, @Payload() body: EnterCollectionDto) {
    return this.collections.enter(call, body);
  }

  @Duty(...readers)
  @GrpcUseCase('CollectionService.List')
  list(@CurrentCall() call: Call, @Payload() query: CollectionQuery) {
    return this.queries.list(call, query);
  }

  @Duty(...readers)
  @GrpcUseCase('CollectionService.Get')
  get(@CurrentCall() call: Call, @Payload() { collectionId }: CollectionPath) {
    return this.queries.get(call, collectionId);
  }

  @Duty('receipt.approve')
  @GrpcUseCase('CollectionService.Reverse')
  reverse(@CurrentCall() call: Call, @Payload() body: ReverseCollectionMessage) {
    return this.collections.reverse(call, body);
  }
}
