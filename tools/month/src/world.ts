import { ServiceClient, type Addresses } from '@guoku/tool-division';

/** The people of the sample, named by duty. */
export const PEOPLE = {
  budgetClerk: 'budget-clerk-1',
  budgetChief: 'budget-chief-1',
  treasurer: 'treasurer-1',
  treasuryChief: 'treasury-chief-1',
  cashier: 'cashier-1',
  reconciler: 'reconciler-1',
  receiptsClerk: 'receipts-clerk-1',
  auditor: 'auditor-1',
} as const;

/** Everybody's way to the services, and a voice that says how far we are. */
export class World {
  private readonly clients = new Map<string, ServiceClient>();

  constructor(
    private readonly addresses: Addresses,
    private readonly mofDivCode: string,
    readonly say: (line: string) => void,
    private readonly patienceMs: number,
  ) {}

  /** The services as this person sees them. */
  as(person: string): ServiceClient {
    const known = this.clients.get(person);
    if (known) return known;
    const client = new ServiceClient(this.addresses, this.mofDivCode, person, this.patienceMs);
    this.clients.set(person, client);
    return client;
  }

  /**
   * Asks again until the answer is as wanted.
   * @throws Error with the last answer once patience has run out
   */
  async until<Answer>(
    what: string,
    ask: () => Promise<Answer>,
    wanted: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      const answer = await ask();
      if (wanted(answer)) return answer;
      if (Date.now() > deadline)
        throw new Error(
          `waited in vain for ${what}; last answer: ${JSON.stringify(answer).slice(0, 500)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
