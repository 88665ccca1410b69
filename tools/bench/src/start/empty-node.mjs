// The barest limit: Node itself, listening.
import { createServer } from 'node:http';

createServer((_, answer) => answer.end()).listen(Number(process.env['HTTP_PORT']), '127.0.0.1');
