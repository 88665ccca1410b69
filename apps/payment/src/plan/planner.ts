import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Problem } from '@guoku/domain-schedule';
import { OwnThread } from '@guoku/service';

/** A problem and its digest, as the thread is given them. */
export interface PlanningTask {
  readonly problem: Problem;
  readonly digest: string;
}

/** A plan as it is recorded, and what the checker found. */
export interface CheckedPlan {
  /** The plan's text, byte for byte. */
  readonly text: string;
  readonly parts: readonly PlannedFen[];
  readonly checked: boolean;
  /** Objections of the checker. */
  readonly findings: readonly object[];
}

/** A payment that the plan makes, in fen. */
export interface PlannedFen {
  readonly requestId: string;
  readonly date: string;
  readonly fen: number;
}

const THREAD = new URL(`./plan.worker${extname(import.meta.filename)}`, import.meta.url);

/** Plans and checks in a thread of its own, one problem at a time. */
@Injectable()
export class Planner {
  private readonly thread = new OwnThread<PlanningTask, CheckedPlan>(THREAD);

  /** The same task gives the same text, to the byte. */
  plan(task: PlanningTask): Promise<CheckedPlan> {
    return this.thread.run(task);
  }
}
