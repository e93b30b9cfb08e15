import { createApp } from 'vue';
import { loadFonts } from '../client/fonts.ts';
import { createScreenI18n } from '../client/i18n.ts';
import '../client/tokens.css';
import App from './App.vue';
import { fitDevice } from './device.ts';
import './kiosk.css';
import { EN } from './messages.en.ts';
import { ZH_CN } from './messages.zh-cn.ts';
import { ZH_TW } from './messages.zh-tw.ts';

loadFonts();
fitDevice();
createApp(App)
  .use(createScreenI18n({ 'zh-CN': ZH_CN, 'zh-TW': ZH_TW, en: EN }))
  .mount('#app');
