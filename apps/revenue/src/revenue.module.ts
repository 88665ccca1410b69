import { Module } from '@nestjs/common';
import { CollectionController } from './collection/collection.controller.js';
import { CollectionGrpcController } from './collection/collection.grpc.controller.js';
import { CollectionQueries } from './collection/collection.queries.js';
import { Collections } from './collection/collections.js';
import { DivisionController } from './division/division.controller.js';
import { DivisionGrpcController } from './division/division.grpc.controller.js';
import { ImportDivision } from './division/import-division.js';
import { ReceiptFileController } from './receipt/receipt-file.controller.js';
import { ReceiptFiles } from './receipt/receipt-files.js';
import { ReceiptController } from './receipt/receipt.controller.js';
import { ReceiptGrpcController } from './receipt/receipt.grpc.controller.js';
import { ReceiptQueries } from './receipt/receipt.queries.js';
import { Receipts } from './receipt/receipts.js';

@Module({
  controllers: [
    DivisionController,
    DivisionGrpcController,
    ReceiptController,
    ReceiptFileController,
    ReceiptGrpcController,
    CollectionController,
    CollectionGrpcController,
  ],
  providers: [
    ImportDivision,
    Receipts,
    ReceiptFiles,
    ReceiptQueries,
    Collections,
    CollectionQueries,
  ],
})
export class RevenueModule {}
