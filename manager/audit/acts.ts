/** What can be looked for, as it stands in the rows. */
export const ACT_GROUPS = {
  tickets: [
    ...['TicketIssued', 'TicketCalled', 'TicketRecalled', 'ServiceStarted', 'ServiceFinished', 'TicketMissed'],
    ...['TicketHeld', 'TicketReturned', 'TicketTransferred', 'ServiceAdded', 'TicketCancelled', 'TicketRejoined'],
    ...['TicketPrioritised', 'CareNeedsMarked', 'TicketNoted', 'TicketDelayed', 'ActionUndone'],
  ],
  counters: [
    'CounterOpened',
    'CounterClosing',
    'CounterClosed',
    'CounterPaused',
    'CounterResumed',
    'WorkProfileSet',
    'MachineFailed',
    'MachineRecovered',
  ],
  proposals: ['ProposalApproved', 'ProposalDismissed', 'AlertAcknowledged', 'TaskTaken', 'TaskFinished'],
  people: [
    ...[
      'POST /sign-in',
      'GET /single-sign-on/callback',
      'POST /sign-out',
      'DELETE /sessions/:sessionId',
      'POST /own-secret',
      'POST /set-up',
    ],
    ...['PUT /accounts/:staffId', 'POST /accounts/:staffId/link'],
  ],
  data: [
    ...['POST /branches/:branchId/devices', 'DELETE /branches/:branchId/devices/:deviceId', 'CustomerLookedUp'],
    ...['POST /privacy/export', 'POST /privacy/erase', 'AuditExported'],
    ...['GET /reports.csv', 'GET /reports.xlsx', 'POST /branches/:branchId/report-subscriptions'],
  ],
} as const;

/** Acts whose own name cannot be the key of a sentence. */
const KEYS: Readonly<Record<string, string>> = {
  'POST /sessions': 'signedInByName',
  'POST /sign-in': 'signedIn',
  'GET /single-sign-on/callback': 'signedInElsewhere',
  'POST /sign-out': 'signedOut',
  'DELETE /sessions/:sessionId': 'sessionEnded',
  'POST /own-secret': 'ownSecret',
  'POST /set-up': 'secretSet',
  'POST /set-up/look': 'linkOpened',
  'PUT /accounts/:staffId': 'accountSaved',
  'POST /accounts/:staffId/link': 'linkMade',
  'POST /branches/:branchId/devices': 'devicePaired',
  'DELETE /branches/:branchId/devices/:deviceId': 'deviceRemoved',
  'POST /branches/:branchId/what-if': 'whatIf',
  'POST /privacy/export': 'exported',
  'POST /privacy/erase': 'erased',
  CustomerLookedUp: 'lookedUp',
  AuditExported: 'auditExported',
  'GET /reports.csv': 'reportAsCsv',
  'GET /reports.xlsx': 'reportAsWorkbook',
  'POST /branches/:branchId/report-subscriptions': 'reportMailed',
  'PUT /branches/:branchId/report-subscriptions/:id': 'reportMailChanged',
  'DELETE /branches/:branchId/report-subscriptions/:id': 'reportMailEnded',
  'POST /branches/:branchId/report-subscriptions/:id/send-now': 'reportMailedNow',
};

/** @returns a part of a key: an act without one is shown as it is */
export function actKey(act: string): string {
  return KEYS[act] ?? act.replace(/\W+/g, '-');
}
