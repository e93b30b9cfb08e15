import type { ReportFormat } from '../../protocol/subscription-lists.ts';
import type { MailAttachment } from '../mail-ports.ts';
import { fileName, type Exported } from './names.ts';
import { reportCsv } from './report-csv.ts';
import { reportXlsx } from './report-xlsx.ts';

const TYPES: Readonly<Record<ReportFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A report to take along. */
export async function reportFile(format: ReportFormat, exported: Exported): Promise<MailAttachment> {
  const content = format === 'csv' ? reportCsv(exported) : await reportXlsx(exported);
  return { fileName: fileName(exported, format), type: TYPES[format], content };
}
