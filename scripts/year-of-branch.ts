import { once } from 'node:events';
import { loadBranches } from '../config/load.ts';
import { yearDays, type YearOrder } from './year-days.ts';

/** Started by `demo-year.ts`: plays the days of one branch, and sends what is kept of each to the parent. */

// Nobody waits for the rest when the parent was stopped.
process.once('disconnect', () => process.exit());
const [order] = (await once(process, 'message')) as [YearOrder];
const branch = loadBranches(order.branchesFolder).branches.find(({ config }) => config.branchId === order.branchId);
if (branch === undefined) throw new Error(`there is no branch ${order.branchId}`);
for (const day of yearDays(branch, order)) await new Promise((sent) => process.send?.(day, sent));
process.disconnect();
