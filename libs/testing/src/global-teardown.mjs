// Jest's global tear-down: stops what global-setup.mjs has started.
export default async function stopServers() {
  await Reflect.get(globalThis, 'guokuStopServers')?.();
}
