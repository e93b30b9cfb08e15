import type { Locale } from '../domain/config.ts';

/** The words of signing in, of pairing a screen, and of one's own sessions. */
export interface IdentityWords {
  readonly role: Readonly<
    Record<'teller' | 'manager' | 'branch-head' | 'network-manager' | 'auditor' | 'administrator', string>
  >;
  readonly staffId: string;
  readonly pin: string;
  readonly password: string;
  readonly go: string;
  readonly refused: {
    readonly 'wrong-pin': string;
    readonly 'wrong-password': string;
    readonly locked: string;
    readonly 'no-role': string;
    readonly 'unknown-place': string;
    readonly directory: string;
    readonly 'too-fast': string;
    readonly 'no-answer': string;
  };
  readonly takeOver: {
    readonly title: string;
    readonly somebody: string;
    readonly text: string;
    readonly yes: string;
    readonly no: string;
  };
  readonly demo: { readonly title: string; readonly pin: string; readonly password: string };
  readonly directory: string;
  readonly unclaimed: string;
  readonly signedOut: string;
  readonly pairing: {
    readonly title: string;
    readonly text: string;
    readonly steps: string;
    readonly noAnswer: string;
  };
  readonly sessions: {
    readonly title: string;
    readonly text: string;
    readonly mine: string;
    readonly console: string;
    readonly counter: string;
    readonly since: string;
    readonly used: string;
    readonly end: string;
    readonly failed: string;
  };
}

export const IDENTITY_WORDS: Readonly<Record<Locale, IdentityWords>> = {
  'zh-CN': {
    role: {
      teller: '柜员',
      manager: '大堂经理',
      'branch-head': '支行行长',
      'network-manager': '网点管理',
      auditor: '审计',
      administrator: '系统管理员',
    },
    staffId: '员工号',
    pin: 'PIN 码',
    password: '密码',
    go: '登录',
    refused: {
      'wrong-pin': '员工号或 PIN 码不对，请再试一次。',
      'wrong-password': '员工号或密码不对，请再试一次。',
      locked: '连续输错次数过多，请在 {seconds} 秒后再试。',
      'no-role': '您在这里没有岗位权限，请联系系统管理员。',
      'unknown-place': '没有这个网点或窗口，请检查地址。',
      directory: '统一登录没有完成，请再试一次。',
      'too-fast': '尝试次数过多，请过几分钟再试。',
      'no-answer': '系统没有回应，请稍后再试。',
    },
    takeOver: {
      title: '{name}正在使用这个窗口，要接手吗？',
      somebody: '有人',
      text: '对方会马上退出。如有客户正在办理，由您办完后再以您的名义开窗。',
      yes: '接手',
      no: '不接手',
    },
    demo: { title: '演示环境，账号公开', pin: '所有柜员的 PIN 码：{pin}', password: '密码：{password}' },
    directory: '用{name}登录',
    unclaimed: '还没有设置系统管理员，本机上的任何人都可以使用。启动服务时显示的链接用来设置管理员密码。',
    signedOut: '您已退出：登录已结束，或有人接手了这个窗口。',
    pairing: {
      title: '这台设备还没有启用',
      text: '请大堂经理或系统管理员在管理台的“设备”页输入这个配对码：',
      steps: '配对码十分钟有效，过后会自动换新。',
      noAnswer: '正在连接系统，请稍候…',
    },
    sessions: {
      title: '我的登录',
      text: '不是您本人的登录，请马上结束。',
      mine: '本页',
      console: '管理台',
      counter: '窗口 {counter}',
      since: '{time} 登录',
      used: '最近使用 {time}',
      end: '结束',
      failed: '系统没有回应，请稍后再试。',
    },
  },
  'zh-TW': {
    role: {
      teller: '櫃員',
      manager: '大廳經理',
      'branch-head': '分行經理',
      'network-manager': '通路管理',
      auditor: '稽核',
      administrator: '系統管理員',
    },
    staffId: '員工編號',
    pin: 'PIN 碼',
    password: '密碼',
    go: '登入',
    refused: {
      'wrong-pin': '員工編號或 PIN 碼不正確，請再試一次。',
      'wrong-password': '員工編號或密碼不正確，請再試一次。',
      locked: '連續輸入錯誤次數過多，請於 {seconds} 秒後再試。',
      'no-role': '您在這裡沒有職務權限，請洽系統管理員。',
      'unknown-place': '沒有這個分行或櫃檯，請確認網址。',
      directory: '單一登入沒有完成，請再試一次。',
      'too-fast': '嘗試次數過多，請過幾分鐘再試。',
      'no-answer': '系統沒有回應，請稍後再試。',
    },
    takeOver: {
      title: '{name}正在使用這個櫃檯，要接手嗎？',
      somebody: '有人',
      text: '對方會立即登出。若有客戶正在辦理，由您辦完後再以您的名義開櫃。',
      yes: '接手',
      no: '不接手',
    },
    demo: { title: '展示環境，帳號公開', pin: '所有櫃員的 PIN 碼：{pin}', password: '密碼：{password}' },
    directory: '使用{name}登入',
    unclaimed: '尚未設定系統管理員，這部電腦上的任何人都能使用。啟動服務時顯示的連結可設定管理員密碼。',
    signedOut: '您已登出：登入已結束，或有人接手了這個櫃檯。',
    pairing: {
      title: '這部裝置尚未啟用',
      text: '請大廳經理或系統管理員在管理台的「裝置」頁輸入這組配對碼：',
      steps: '配對碼十分鐘內有效，逾時會自動更換。',
      noAnswer: '正在連接系統，請稍候…',
    },
    sessions: {
      title: '我的登入',
      text: '若不是您本人的登入，請立即結束。',
      mine: '本頁',
      console: '管理台',
      counter: '櫃檯 {counter}',
      since: '{time} 登入',
      used: '最近使用 {time}',
      end: '結束',
      failed: '系統沒有回應，請稍後再試。',
    },
  },
  en: {
    role: {
      teller: 'Teller',
      manager: 'Lobby manager',
      'branch-head': 'Branch head',
      'network-manager': 'Network manager',
      auditor: 'Auditor',
      administrator: 'Administrator',
    },
    staffId: 'Staff number',
    pin: 'PIN',
    password: 'Password',
    go: 'Sign in',
    refused: {
      'wrong-pin': 'The staff number or the PIN is wrong. Please try again.',
      'wrong-password': 'The staff number or the password is wrong. Please try again.',
      locked: 'Too many failed attempts. Please try again in {seconds} s.',
      'no-role': 'You have no role here. Please ask the administrator.',
      'unknown-place': 'There is no such branch or counter. Please check the address.',
      directory: 'Signing in with the directory did not work. Please try again.',
      'too-fast': 'Too many attempts. Please try again in a few minutes.',
      'no-answer': 'The system does not answer. Please try again in a moment.',
    },
    takeOver: {
      title: '{name} is using this counter. Take over?',
      somebody: 'Somebody',
      text: 'They are signed out at once. If a customer is being served, you finish that first; then the counter opens in your name.',
      yes: 'Take over',
      no: 'Do not',
    },
    demo: {
      title: 'Demo: these accounts are public',
      pin: 'PIN of every teller: {pin}',
      password: 'Password: {password}',
    },
    directory: 'Sign in with {name}',
    unclaimed:
      'There is no administrator yet: anybody at this machine can use it. The link shown when the server starts sets a password for the administrator.',
    signedOut: 'You were signed out: your session has ended, or somebody took over the counter.',
    pairing: {
      title: 'This screen is not set up yet',
      text: 'The lobby manager or the administrator enters this code at the console, on the page “Devices”:',
      steps: 'The code is good for ten minutes; then a new one appears.',
      noAnswer: 'Connecting to the system…',
    },
    sessions: {
      title: 'Where I am signed in',
      text: 'If one of these is not you, end it at once.',
      mine: 'this page',
      console: 'Console',
      counter: 'Counter {counter}',
      since: 'signed in {time}',
      used: 'last used {time}',
      end: 'End',
      failed: 'The system does not answer. Please try again in a moment.',
    },
  },
};
