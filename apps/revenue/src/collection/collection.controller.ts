import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Call, CurrentCall, Duty, UseCase } from '@guoku/service';
import { readers } from '../duties.js';
import { ReasonDto } from '../receipt/receipt.dto.js';
import {
  CollectionDto,
  CollectionPage,
  CollectionPath,
  CollectionQuery,
  EnterCollectionDto,
} from './collection.dto.js';
import { CollectionQueries } from './collection.queries.js';
import { Collections } from './collections.js';

@Controller('v1/collections')
export class CollectionController {
  constructor(
    private readonly collections: Collections,
    private readonly queries: CollectionQueries,
  ) {}

  @Post()
  @Duty('receipt.enter')
  @UseCase('CollectionService.Enter', {
    summary: 'Notes that a payer paid a bill; the money is not in the treasury yet',
    answer: CollectionDto,
    status: 201,
  })
  enter(@CurrentCall() call: Call, @Body() body: EnterCollectionDto) {
    return this.collections.enter(call, body);
  }

  @Get()
  @Duty(...readers)
  @UseCase('CollectionService.List', { summary: 'Collections 收缴', answer: CollectionPage })
  list(@CurrentCall() call: Call, @Query() query: CollectionQuery) {
    return this.queries.list(call, query);
  }

  @Get(':collectionId')
  @Duty(...readers)
  @UseCase('CollectionService.Get', { summary: 'One collection', answer: CollectionDto })
  get(@CurrentCall() call: Call, @Param() { collectionId }: CollectionPath) {
    return this.queries.get(call, collectionId);
  }

  @Post(':collectionId/reverse')
  @Duty('receipt.approve')
  @UseCase('CollectionService.Reverse', {
    summary: 'Cancels a collection by its negated amount',
    answer: CollectionDto,
    status: 201,
  })
  reverse(
    @CurrentCall() call: Call,
    @Param() { collectionId }: CollectionPath,
    @Body() body: ReasonDto,
  ) {
    return this.collections.reverse(call, { ...body, collectionId });
  }
}
