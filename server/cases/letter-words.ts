import type { CaseOutcome, CaseRemedy } from '../../domain/cases/case.ts';
import type { Locale } from '../../domain/config.ts';

/** The sentences of the letter that tells a customer what was decided. */
export interface LetterWords {
  readonly subject: string;
  readonly greeting: (name: string | undefined) => string;
  /** `day` as it is written in the language. */
  readonly opening: (day: string, branch: string) => string;
  readonly outcome: Readonly<Record<CaseOutcome, string>>;
  readonly found: string;
  readonly remedies: (list: readonly string[]) => string;
  readonly remedy: Readonly<Record<Exclude<CaseRemedy, 'none'>, string>>;
  readonly secondContact: (number: string) => string;
  readonly followAt: (address: string) => string;
  readonly mediation: string;
  readonly court: string;
  readonly closing: string;
  readonly mailText: (number: string) => string;
}

export const LETTER_WORDS: Readonly<Record<Locale, LetterWords>> = {
  en: {
    subject: 'Our answer to your complaint',
    greeting: (name) => (name === undefined ? 'Dear customer,' : `Dear ${name},`),
    opening: (day, branch) =>
      `You complained to us on ${day} about our service at ${branch}. Thank you for telling us. We have looked into it, and this is our answer.`,
    outcome: {
      upheld: 'Your complaint is justified, and we are sorry for it.',
      'partly-upheld': 'Your complaint is justified in part, and we are sorry for that part.',
      'not-upheld': 'We could not confirm your complaint.',
    },
    found: 'What we found:',
    remedies: (list) => `What we do: ${list.join('; ')}.`,
    remedy: {
      ...{ explanation: 'we explain it to you', apology: 'we apologise to you' },
      ...{ correction: 'we correct the mistake', refund: 'we refund what you paid' },
      ...{ compensation: 'we compensate your loss', 'better-process': 'we change how we work' },
      training: 'we train our staff',
    },
    secondContact: (number) =>
      `In the coming days we ask you once more whether this settles your complaint. If it does not, tell us so: we then look into it a second time. Please name the case number ${number}.`,
    followAt: (address) => `You can follow your case and answer us at ${address}, with the key that you were given.`,
    mediation:
      'If we do not agree, you may turn to a mediation centre for financial consumer disputes, which costs you nothing, or to the supervisory authority.',
    court:
      'You may also go to court or, where it was agreed, to arbitration. This letter does not limit any of your rights.',
    closing: 'Yours faithfully',
    mailText: (number) => `Our answer to your complaint ${number} is attached.`,
  },
  'zh-CN': {
    subject: '关于您投诉事项的答复函',
    greeting: (name) => `尊敬的${name ?? '客户'}：`,
    opening: (day, branch) => `您于${day}就${branch}的服务向我行提出投诉。感谢您的反映。我行已完成调查，现答复如下。`,
    outcome: {
      upheld: '经核查，您的投诉成立，我行向您致歉。',
      'partly-upheld': '经核查，您的投诉部分成立，就成立的部分我行向您致歉。',
      'not-upheld': '经核查，未能认定您反映的情况。',
    },
    found: '核查情况：',
    remedies: (list) => `处理措施：${list.join('；')}。`,
    remedy: {
      ...{ explanation: '向您作出说明', apology: '向您致歉', correction: '更正差错', refund: '退还您支付的款项' },
      ...{ compensation: '赔偿您的损失', 'better-process': '改进工作流程', training: '加强员工培训' },
    },
    secondContact: (number) =>
      `近日我行将再次与您联系，了解您对处理结果是否满意。如不满意，请告知我行，我行将重新核查一次。联系时请提供案件编号 ${number}。`,
    followAt: (address) => `您可以凭交给您的查询码，在 ${address} 查询办理进度并答复我行。`,
    mediation: '如对处理结果有异议，您可以向金融消费纠纷调解组织申请调解（不收费），也可以向监管部门反映。',
    court: '您还可以依法向人民法院提起诉讼，或依照约定申请仲裁。本函不影响您的任何权利。',
    closing: '此致　敬礼',
    mailText: (number) => `关于您投诉（案件编号 ${number}）的答复函见附件。`,
  },
  'zh-TW': {
    subject: '關於您申訴事項的回覆函',
    greeting: (name) => `${name ?? '貴賓'} 您好：`,
    opening: (day, branch) => `您於${day}就${branch}的服務向本行提出申訴。感謝您的反映。本行已完成調查，謹回覆如下。`,
    outcome: {
      upheld: '經查，您的申訴成立，本行謹向您致歉。',
      'partly-upheld': '經查，您的申訴部分成立，就成立的部分本行謹向您致歉。',
      'not-upheld': '經查，未能確認您所反映的情況。',
    },
    found: '調查情形：',
    remedies: (list) => `處理措施：${list.join('；')}。`,
    remedy: {
      ...{ explanation: '向您說明', apology: '向您致歉', correction: '更正錯誤', refund: '退還您支付的款項' },
      ...{ compensation: '賠償您的損失', 'better-process': '改善作業流程', training: '加強人員訓練' },
    },
    secondContact: (number) =>
      `本行近日會再次與您聯絡，確認您對處理結果是否滿意。如不滿意，請告知本行，本行將重新調查一次。聯絡時請提供案件編號 ${number}。`,
    followAt: (address) => `您可以憑交給您的查詢碼，在 ${address} 查詢進度並回覆本行。`,
    mediation: '若您不同意處理結果，可以向金融消費評議機構申請評議（免費），也可以向主管機關反映。',
    court: '您也可以依法向法院提起訴訟，或依約定申請仲裁。本函不影響您的任何權利。',
    closing: '敬上',
    mailText: (number) => `關於您申訴（案件編號 ${number}）的回覆函如附件。`,
  },
};
