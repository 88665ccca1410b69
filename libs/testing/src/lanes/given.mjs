// Servers that run already. The role of GUOKU_TEST_POSTGRES_URL must be able to create databases
// and roles.

/** @param {string} name */
function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; GUOKU_TEST_SERVERS=given needs it`);
  return value;
}

const nothingToStop = async () => undefined;

/** @type {import('../global-setup.mjs').Lane} */
export const given = {
  async postgres() {
    return { answer: { url: needed('GUOKU_TEST_POSTGRES_URL') }, stop: nothingToStop };
  },
  async kafka() {
    return { answer: { brokers: needed('GUOKU_TEST_KAFKA_BROKERS') }, stop: nothingToStop };
  },
};
