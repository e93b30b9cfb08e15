import type { Locale } from '../domain/config.ts';

const ZH_CN = {
  home: {
    title: '网点大厅，一目了然',
    lead: '选一个网点，打开它的任何一块屏幕。',
    demo: '演示进行中：模拟的客户和柜员正在大厅里走动。',
    loading: '正在读取网点……',
    away: '暂时连不上服务器，几秒后会再试。',
    none: '还没有配置网点。请在 config/branches 里放一个网点文件，再启动一次。',
    hours: '营业 {opens}–{closes}',
    counters: '{n} 个窗口',
    devices: '{n} 台自助设备',
    kiosk: '取号机',
    kioskText: '客户在这里取号',
    display: '大厅屏',
    displayText: '正在叫哪个号，去哪个窗口',
    counterClient: '柜员端',
    counterClientText: '叫号、办理、转移、挂起',
    manager: '大堂经理台',
    managerText: '全场情况，随时调度',
    partDisplays: '分区屏、窗口屏和评价屏',
    zones: '分区',
    counterSigns: '窗口',
    ratingScreens: '评价屏',
  },
};
type HomeMessages = typeof ZH_CN;

const ZH_TW: HomeMessages = {
  home: {
    title: '分行大廳，一目了然',
    lead: '選一家分行，開啟它的任何一面螢幕。',
    demo: '展示進行中：模擬的客戶與櫃員正在大廳裡走動。',
    loading: '正在讀取分行資料……',
    away: '目前連不上伺服器，幾秒後會再試。',
    none: '尚未設定分行。請在 config/branches 放入分行檔案，再啟動一次。',
    hours: '營業 {opens}–{closes}',
    counters: '{n} 個櫃檯',
    devices: '{n} 台自助機台',
    kiosk: '取號機',
    kioskText: '客戶在這裡抽號碼牌',
    display: '大廳螢幕',
    displayText: '現在叫到幾號、到哪個櫃檯',
    counterClient: '櫃員端',
    counterClientText: '叫號、辦理、轉號、保留',
    manager: '大堂經理台',
    managerText: '全場狀況，隨時調度',
    partDisplays: '分區、櫃檯與評分螢幕',
    zones: '分區',
    counterSigns: '櫃檯',
    ratingScreens: '評分螢幕',
  },
};

const EN: HomeMessages = {
  home: {
    title: 'Your branch halls at a glance',
    lead: 'Pick a branch and open any of its screens.',
    demo: 'The demo is running: simulated customers and tellers are walking the halls.',
    loading: 'Reading the branches…',
    away: 'We cannot reach the server right now. Trying again in a few seconds.',
    none: 'There is no branch yet. Put a branch file into config/branches and start again.',
    hours: 'Open {opens}–{closes}',
    counters: '{n} counters',
    devices: '{n} self-service machines',
    kiosk: 'Ticket kiosk',
    kioskText: 'Where customers take a number',
    display: 'Hall display',
    displayText: 'Which number is called, and where to',
    counterClient: 'Counter client',
    counterClientText: 'Call, serve, transfer and hold',
    manager: 'Lobby manager',
    managerText: 'The whole hall, ready to steer',
    partDisplays: 'Screens of zones and counters',
    zones: 'Zones',
    counterSigns: 'Counters',
    ratingScreens: 'Rating screens',
  },
};

export const MESSAGES: Readonly<Record<Locale, HomeMessages>> = { 'zh-CN': ZH_CN, 'zh-TW': ZH_TW, en: EN };
