import { runService } from '@guoku/service/start';

await runService(async () => (await import('./definition.js')).example);
