import { Injectable } from '@nestjs/common';
import { dayOf } from '@guoku/calendar';
import { type Collection, decideCollection, decideReversal } from '@guoku/domain-revenue';
import { Money } from '@guoku/money';
import { outbox, type OutgoingEvent } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import {
  accepted,
  type Answer,
  type Call,
  type CommandContext,
  Commands,
  type Outcome,
  refused,
  Separation,
} from '@guoku/service';
import { fiscalYears } from '../fiscal-year.js';
import { knownCodes } from '../known-codes.js';
import { reaches } from '../reach.js';
import { refuse } from '../refusals.js';
import type {
  CollectionDto,
  EnterCollectionDto,
  ReverseCollectionMessage,
} from './collection.dto.js';
import type { CollectionRow } from './collection.row.js';
import { collectionOf, CollectionStore, type Scope } from './collection.store.js';

/** The use cases of collections, shared by REST and gRPC. */
@Injectable()
export class Collections {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
  ) {}

  enter(call: Call, body: EnterCollectionDto): Promise<Answer<CollectionDto>> {
    const command = { action: 'CollectionService.Enter', body };
    return this.commands.run(call, command, async (session, context) => {
      if (!reaches(call, body.agencyCode)) return refused(refuse('not_own_unit'));
      const outcome = await enterCollection(session, call, context, body);
      if (!outcome.ok) return outcome;
      const deed = deedOf(call, 'receipt.enter', outcome.value.collectionId);
      await this.separation.record(session, deed);
      return outcome;
    });
  }

  reverse(call: Call, body: ReverseCollectionMessage): Promise<Answer<CollectionDto>> {
    const { collectionId, reason } = body;
    const subject = `collection/${collectionId}`;
    const command = { action: 'CollectionService.Reverse', subject, body };
    return this.commands.run(call, command, async (session, context) => {
      const scope = scopeOf(call, context);
      const store = new CollectionStore(session, scope);

      const found = await store.read(collectionId);
      if (found) await store.lockUnit(found.agencyCode);
      const row = await store.read(collectionId);
      if (row && !reaches(call, row.agencyCode)) return refused(refuse('not_own_unit'));
      const decision = decideReversal(row && { ...row, amount: Money.of(row.amount) });
      if (!decision.ok || !row)
        return refused(refuse(decision.ok ? 'entry_unknown' : decision.refusal));
      if ('earlier' in decision) return shown(store, decision.earlier, 200);

      const deed = deedOf(call, 'receipt.approve', collectionId);
      const conflict = await this.separation.conflict(session, deed);
      if (conflict) return refused(conflict);
      await this.separation.record(session, deed);
      const reversal = {
        ...collectionOf(row),
        collectionId: context.newId(),
        amount: decision.amount,
      };
      await store.insert(reversal, { of: collectionId, reason });
      await outbox.append(session, [collectedOf(scope, reversal, collectionId)]);
      return shown(store, reversal.collectionId, 201);
    });
  }
}

async function enterCollection(
  session: Session,
  call: Call,
  context: CommandContext,
  { id, ...given }: EnterCollectionDto,
): Promise<Outcome<CollectionRow>> {
  const scope = scopeOf(call, context);
  const store = new CollectionStore(session, scope);
  const collection = { ...given, collectionId: id ?? context.newId() };
  const today = await context.today();

  await store.lockUnit(given.agencyCode);
  const yearOf = await fiscalYears(session, scope.mofDivCode);
  const used = { ...given, fiscalYear: yearOf(dayOf(given.date)) };
  const [codes] = await knownCodes(session, scope.mofDivCode, [used]);
  if (!codes) throw new Error('the codes were not looked up');
  const row = await store.earlier(collection);
  const earlier = row && collectionOf(row);
  const decision = decideCollection({ ...codes, earlier, today }, collection);
  if (!decision.ok) {
    const { amount: _amount, ...about } = given;
    return refused(refuse(decision.refusal, { extra: { ...about, today } }));
  }
  if (decision.repeated) return shown(store, decision.collection.collectionId, 200);

  await store.insert(collection);
  await outbox.append(session, [collectedOf(scope, collection, null)]);
  return shown(store, collection.collectionId, 201);
}

function scopeOf({ caller }: Call, { now }: CommandContext): Scope {
  return { mofDivCode: caller.mofDivCode, actor: caller.person, now };
}

function deedOf({ caller }: Call, duty: 'receipt.enter' | 'receipt.approve', id: string) {
  const { mofDivCode, person } = caller;
  return { mofDivCode, person, duty, subject: `collection/${id}` };
}

/** The message that a payer paid a bill, or that this was cancelled. */
function collectedOf(
  { mofDivCode, actor }: Scope,
  { amount, ...collection }: Collection,
  reversalOf: string | null,
): OutgoingEvent {
  const { collectionId } = collection;
  return {
    type: 'guoku.revenue.collected.v1',
    subject: collectionId,
    // A reversal follows its collection, so that they cannot overtake each other.
    aggregateId: reversalOf ?? collectionId,
    mofDivCode,
    actor,
    data: {
      ...collection,
      amount: amount.toString(),
      ...(reversalOf === null ? {} : { reversalOf }),
    },
  };
}

async function shown(
  store: CollectionStore,
  collectionId: string,
  status: 200 | 201,
): Promise<Outcome<CollectionRow>> {
  const row = await store.read(collectionId);
  if (!row) throw new Error(`collection ${collectionId} is lost`);
  return accepted(row, { status, subject: `collection/${collectionId}` });
}
