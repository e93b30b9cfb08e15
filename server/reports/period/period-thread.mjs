// A thread starts without the loader of its parent, be that tsx or Jest, so it brings its own.
import { register } from 'tsx/esm/api';

register();
await import('./period-worker.ts');
