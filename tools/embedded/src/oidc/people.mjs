import { readFileSync, statSync } from 'node:fs';

/**
 * @typedef {object} Person
 * @property {string} sub
 * @property {string} mofDivCode
 * @property {string | null} agencyCode
 * @property {string | null} mofDepCode
 * @property {string[]} duties
 * @property {string} nameZh
 * @property {string} nameEn
 */

/** The people of the embedded profile. Imports and samples add to the file, so it is read again when it changes. */
export class PeopleFile {
  #path;
  #changedMs = 0;
  /** @type {Map<string, Person>} */
  #people = new Map();

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
  }

  /**
   * @param {string} sub
   * @returns {Person | undefined}
   */
  find(sub) {
    const changedMs = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changedMs !== this.#changedMs) this.#read(changedMs);
    return this.#people.get(sub);
  }

  /** @param {number} changedMs */
  #read(changedMs) {
    try {
      /** @type {Person[]} */
      const people = changedMs === 0 ? [] : JSON.parse(readFileSync(this.#path, 'utf8'));
      this.#people = new Map(people.map((person) => [person.sub, person]));
      this.#changedMs = changedMs;
    } catch (error) {
      // Half written: the people of before stay, and the next question reads again.
      console.warn(`${this.#path}: ${error}`);
    }
  }
}
