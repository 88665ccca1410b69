/** What the user can mend: said in one sentence, without a stack. */
export class Refused extends Error {}

/**
 * Ends the program as a command line should: one sentence for what the user can mend, the whole error for a bug.
 *
 * @param {unknown} error
 */
export function tell(error) {
  console.error(error instanceof Refused ? error.message : error);
}
