import type { EN_TICKER } from './ticker.en.ts';

export const ZH_CN_TICKER: typeof EN_TICKER = {
  ticker: {
    title: '今天屏幕上的通知',
    hint: '显示在每块屏幕底部，到今天营业结束。所有人都看得到，请勿写任何人的信息。',
    none: '没有另外的通知。',
    text: '要告诉客户的话',
    in: '{language}',
    show: '显示',
    full: '已有 8 条，请先撤下一条。',
    shown: '屏幕已显示',
    remove: '撤下：{text}',
    removed: '已从屏幕撤下',
  },
  soundState: {
    name: '声音',
    on: '正常',
    chime: '只有提示音，没有语音',
    blocked: '被浏览器静音',
    stalled: '放不出声音',
    quiet: '按设置静音',
  },
};
