import {
  decideRequest,
  evolveRequest,
  type FundRequest,
  type RequestCommand,
  type RequestEvent,
  type RequestRefusal,
} from '@guoku/domain-payment';
import { outbox } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import {
  accepted,
  reachOf,
  refused,
  refusePlatform,
  type Caller,
  type Call,
  type CommandContext,
  type Outcome,
  type Refusal,
} from '@guoku/service';
import { UnitStore, type Unit } from '../division/unit.store.js';
import { refuse } from '../refusals.js';
import type { FundRequestDto } from './fund-request.dto.js';
import { announced } from './fund-request.events.js';
import { FundRequestStore, type StoredRequest } from './fund-request.store.js';
import { requestView } from './fund-request.view.js';

/** One request and what the caller wants of it. */
export interface RequestTask {
  readonly id: string;
  /** Given where the request is new: the unit that enters it. */
  readonly entersFor?: string;
  /** Given where a second request is made in the same step: its id, and the event that makes it. */
  readonly makes?: string;
  readonly making?: (before: FundRequest, events: readonly RequestEvent[]) => RequestEvent[];
  /** The command, or the refusal that the caller's place in the house gives. */
  command(state: FundRequest, unit: Unit): RequestCommand | Refusal;
}

/** What becomes of one request in this transaction. */
interface Draft {
  readonly before: StoredRequest | null;
  state: FundRequest;
  readonly events: RequestEvent[];
  readonly made: RequestEvent[];
}

/**
 * Lock, decide, save, announce, for as many requests as are given, with a fixed number of statements. A refused task
 * changes nothing and keeps the others from nothing; two tasks about one request follow each other.
 */
export async function changeRequests(
  session: Session,
  call: Call,
  context: CommandContext,
  tasks: readonly RequestTask[],
): Promise<Outcome<FundRequestDto>[]> {
  const { mofDivCode, person } = call.caller;
  const store = new FundRequestStore(session, mofDivCode);
  const known = await store.lock(tasks.flatMap(({ id, makes }) => [id, makes ?? []].flat()));
  const agencies = [...known.values()].map(({ row }) => row.agencyCode);
  const units = await new UnitStore(session, mofDivCode).byCode([
    ...agencies,
    ...tasks.flatMap(({ entersFor }) => entersFor ?? []),
  ]);

  const drafts = new Map<string, Draft>();
  const decided = tasks.map((task): Refusal | Draft => {
    const draft = drafts.get(task.id) ?? draftOf(known.get(task.id));
    if (task.makes !== undefined && known.has(task.makes)) return refuse('request_exists');
    const events = decideTask(task, draft, units, call, context);
    if ('code' in events) return events;
    drafts.set(task.id, draft);
    draft.events.push(...events);
    draft.made.push(...(task.making?.(draft.state, events) ?? []));
    draft.state = events.reduce(evolveRequest, draft.state);
    return draft;
  });

  const saved = [...drafts.values()];
  const rows = await store.save([
    ...saved.map((draft) => ({ ...draft, actor: person, at: context.now })),
    ...saved
      .flatMap(({ made }) => made)
      .map((event) => ({ before: null, events: [event], actor: person, at: context.now })),
  ]);
  const rowOf = new Map(saved.map((draft, nth) => [draft, rows[nth]]));
  await outbox.append(
    session,
    saved.flatMap((draft) => announced(mofDivCode, draft, rowOf.get(draft), person)),
  );
  return decided.map((draft) => {
    if ('code' in draft) return refused(draft);
    const row = rowOf.get(draft);
    if (row === undefined) throw new Error('a decided change was not saved');
    return accepted(requestView(row), { version: row.version, subject: `fund-request/${row.id}` });
  });
}

function draftOf(before: StoredRequest | undefined): Draft {
  if (before === undefined)
    return { before: null, state: { stage: 'absent' }, events: [], made: [] };
  return { before, state: before.state, events: [], made: [] };
}

function decideTask(
  task: RequestTask,
  { state, before }: Draft,
  units: ReadonlyMap<string, Unit>,
  { caller }: Call,
  context: CommandContext,
): Refusal | readonly RequestEvent[] {
  const agencyCode = state.stage === 'absent' ? task.entersFor : state.content.agencyCode;
  if (agencyCode === undefined) return refuse('not_found');
  const unit = units.get(agencyCode);
  if (unit === undefined) return refuse('unit_unknown', { extra: { agencyCode } });
  if (!reaches(caller, unit)) {
    return refuse(task.entersFor === undefined ? 'not_found' : 'not_own_unit');
  }
  const stale = before === null ? null : context.staleness(before.row.version);
  if (stale !== null) return stale;
  const command = task.command(state, unit);
  if ('code' in command) return command;
  const decision = decideRequest(state, command);
  return decision.ok ? decision.events : refusalOf(decision.refusal);
}

/** Who reviews their own entry is refused as everybody with incompatible duties is. */
function refusalOf(code: RequestRefusal): Refusal {
  if (code !== 'own_entry') return refuse(code);
  const extra = { earlier: 'fund-request.enter', duty: 'fund-request.review' };
  return refusePlatform('duty_conflict', { extra });
}

/** A unit sees its own, a section its units, the treasury all. */
export function reaches(caller: Caller, unit: Unit): boolean {
  const reach = reachOf(caller);
  if (reach.kind === 'unit') return reach.agencyCode === unit.agencyCode;
  return reach.kind === 'division' || reach.mofDepCode === unit.mofDepCode;
}
