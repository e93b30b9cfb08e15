import type { CaseOutcome, CaseRemedy, CaseSource } from '../../domain/cases/case.ts';
import type { InboxKind, InboxNature, InboxOutcome } from '../../protocol/inbox-lists.ts';

/** What the customers of a year write, and what is done about it: how often, against the others of its list. */

interface Grievance {
  readonly text: string;
  /** One of the usual root causes. */
  readonly cause: string;
  readonly found: string;
}

export const GRIEVANCES: readonly (readonly [Grievance, number])[] = [
  [
    {
      text: '取号后等了一个多小时，窗口只开了两个。',
      cause: 'waiting',
      found: '当日两名柜员病假，机动窗口未及时开启。',
    },
    30,
  ],
  [
    {
      text: '叫号时我在填单，回来已经过号，没有人告诉我可以重新排队。',
      cause: 'explanation',
      found: '现场未说明过号规则。',
    },
    10,
  ],
  [{ text: '柜员说话很不耐烦，我多问一句就叹气。', cause: 'attitude', found: '调看录像，服务用语不符合规范。' }, 14],
  [{ text: '汇款的收款人姓名录错了一个字，钱被退回来。', cause: 'mistake', found: '录入后未与客户核对。' }, 7],
  [{ text: '自助机取款吞卡，等了四十分钟才有人来处理。', cause: 'system', found: '设备故障，厂商到场较晚。' }, 9],
  [{ text: '跨行转账收了手续费，事先没有说。', cause: 'product', found: '办理前未提示收费标准。' }, 9],
  [{ text: '开户要求补的材料每次都不一样，跑了三趟。', cause: 'process', found: '材料清单未统一。' }, 9],
  [
    {
      text: 'The queue for cash was over fifty minutes at lunch time.',
      cause: 'waiting',
      found: 'Two windows were closed for lunch at once.',
    },
    5,
  ],
  [{ text: '等候区空调坏了，老人坐着很闷。', cause: 'premises', found: '空调维修中，未放置风扇。' }, 5],
  [{ text: '理财到期没有自动赎回，少了几天利息。', cause: 'misunderstanding', found: '产品说明书写明须客户确认。' }, 5],
];

export const SOURCES: readonly (readonly [CaseSource, number])[] = [
  ['desk', 34],
  ['phone', 26],
  ['web', 22],
  ['letter', 10],
  ['regulator', 8],
];

export const DECISIONS: readonly (readonly [
  { readonly outcome: CaseOutcome; readonly remedies: readonly CaseRemedy[] },
  number,
])[] = [
  [{ outcome: 'upheld', remedies: ['apology', 'better-process'] }, 34],
  [{ outcome: 'upheld', remedies: ['apology', 'refund'] }, 10],
  [{ outcome: 'partly-upheld', remedies: ['explanation', 'training'] }, 30],
  [{ outcome: 'not-upheld', remedies: ['explanation'] }, 26],
];

export const REMARKS: readonly (readonly [{ readonly text: string; readonly nature: InboxNature }, number])[] = [
  [{ text: '中午高峰多开一个现金窗口。', nature: 'suggestion' }, 18],
  [{ text: '取号机的字再大一点，老人看不清。', nature: 'suggestion' }, 12],
  [{ text: '希望手机上能看到还要等几分钟，现在这样很好，再准一点。', nature: 'suggestion' }, 9],
  [{ text: '等候区加几个充电插座。', nature: 'suggestion' }, 9],
  [{ text: '自助机旁边放一个老花镜。', nature: 'suggestion' }, 7],
  [{ text: 'Please put the documents needed on the website before one comes.', nature: 'suggestion' }, 6],
  [{ text: '周六下午可以延长到五点吗？', nature: 'suggestion' }, 8],
  [{ text: '饮水机经常没有纸杯。', nature: 'suggestion' }, 6],
  [{ text: '五号窗口的姑娘很耐心，帮我母亲重新设置了密码。', nature: 'praise' }, 13],
  [{ text: '大堂经理主动带我去机器上打流水，五分钟就办好了。', nature: 'praise' }, 10],
];

export const KINDS: readonly (readonly [InboxKind, number])[] = [
  ['suggestion-book', 45],
  ['web-form', 30],
  ['questionnaire', 25],
];

export const OUTCOMES: Readonly<Record<'suggestion' | 'praise', readonly (readonly [InboxOutcome, number])[]>> = {
  suggestion: [
    ['adopted', 22],
    ['planned', 20],
    ['passed-on', 14],
    ['explained', 22],
    ['no-action', 12],
    ['duplicate', 10],
  ],
  praise: [['thanked', 1]],
};
