import type { EN_TICKER } from './ticker.en.ts';

export const ZH_TW_TICKER: typeof EN_TICKER = {
  ticker: {
    title: '今天螢幕上的公告',
    hint: '顯示在每個螢幕底部，至今日營業結束。所有人都看得到，請勿寫下任何人的資料。',
    none: '沒有其他公告。',
    text: '要告訴客戶的話',
    in: '{language}',
    show: '顯示',
    full: '已有 8 則，請先撤下一則。',
    shown: '螢幕已顯示',
    remove: '撤下：{text}',
    removed: '已從螢幕撤下',
  },
  soundState: {
    name: '聲音',
    on: '正常',
    chime: '只有提示音，沒有語音',
    blocked: '被瀏覽器靜音',
    stalled: '放不出聲音',
    quiet: '依設定靜音',
  },
};
