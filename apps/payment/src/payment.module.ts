import { Module } from '@nestjs/common';
import { ApprovalChainQueries } from './approval/approval-chain.queries.js';
import { ApprovalController } from './approval/approval.controller.js';
import { ApprovalGrpcController } from './approval/approval.grpc.controller.js';
import { Delegations } from './approval/delegations.js';
import { BankPort } from './bank/bank-port.js';
import { SimulatedBank } from './bank/simulated-bank.js';
import { BusinessDayController } from './business-day/business-day.controller.js';
import { BusinessDayGrpcController } from './business-day/business-day.grpc.controller.js';
import { BusinessDayQueries } from './business-day/business-day.queries.js';
import { RunBusinessDay } from './business-day/run-business-day.js';
import { DivisionController } from './division/division.controller.js';
import { DivisionGrpcController } from './division/division.grpc.controller.js';
import { ImportDivision } from './division/import-division.js';
import { PolicyQueries } from './division/policy.queries.js';
import { QuotaEvents } from './events/quota-events.js';
import { AmendFundRequest } from './fund-request/amend-fund-request.js';
import { CarryOverFundRequests } from './fund-request/carry-over-fund-requests.js';
import { EnterFundRequests } from './fund-request/enter-fund-requests.js';
import {
  EnterFundRequestController,
  FundRequestController,
} from './fund-request/fund-request.controller.js';
import {
  EnterFundRequestGrpcController,
  FundRequestGrpcController,
} from './fund-request/fund-request.grpc.controller.js';
import { FundRequestQueries } from './fund-request/fund-request.queries.js';
import { ReviewFundRequests } from './fund-request/review-fund-requests.js';
import { WithdrawFundRequest } from './fund-request/withdraw-fund-request.js';
import { HearBank } from './payment/hear-bank.js';
import { InstructPayments } from './payment/instruct-payments.js';
import { PaymentSteps } from './payment/payment-steps.js';
import { PaymentWorker } from './payment/payment-worker.js';
import { PaymentController } from './payment/payment.controller.js';
import { PaymentGrpcController } from './payment/payment.grpc.controller.js';
import { PaymentQueries } from './payment/payment.queries.js';
import { ApprovePlan } from './plan/approve-plan.js';
import { MakePlan } from './plan/make-plan.js';
import { Planner } from './plan/planner.js';
import { PlanController } from './plan/plan.controller.js';
import { PlanGrpcController } from './plan/plan.grpc.controller.js';
import { PlanQueries } from './plan/plan.queries.js';
import { QuotaHolds } from './quota-client/quota-holds.js';
import { ServiceTokens } from './quota-client/service-tokens.js';
import { ReconcileDay } from './reconciliation/reconcile-day.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { ReconciliationGrpcController } from './reconciliation/reconciliation.grpc.controller.js';
import { ReconciliationQueries } from './reconciliation/reconciliation.queries.js';

@Module({
  controllers: [
    DivisionController,
    DivisionGrpcController,
    BusinessDayController,
    BusinessDayGrpcController,
    EnterFundRequestController,
    EnterFundRequestGrpcController,
    FundRequestController,
    FundRequestGrpcController,
    PlanController,
    PlanGrpcController,
    ApprovalController,
    ApprovalGrpcController,
    PaymentController,
    PaymentGrpcController,
    ReconciliationController,
    ReconciliationGrpcController,
  ],
  providers: [
    ImportDivision,
    PolicyQueries,
    RunBusinessDay,
    BusinessDayQueries,
    EnterFundRequests,
    ReviewFundRequests,
    AmendFundRequest,
    WithdrawFundRequest,
    CarryOverFundRequests,
    FundRequestQueries,
    MakePlan,
    Planner,
    ApprovePlan,
    ApprovalChainQueries,
    Delegations,
    PlanQueries,
    { provide: BankPort, useClass: SimulatedBank },
    ServiceTokens,
    QuotaHolds,
    PaymentSteps,
    HearBank,
    PaymentWorker,
    InstructPayments,
    PaymentQueries,
    ReconcileDay,
    ReconciliationQueries,
    QuotaEvents,
  ],
})
export class PaymentModule {}
