import { createApp } from 'vue';
import { loadFonts } from '../client/fonts.ts';
import { createScreenI18n } from '../client/i18n.ts';
import '../client/tokens.css';
import 'element-plus/es/components/dialog/style/css';
import 'element-plus/es/components/drawer/style/css';
import './element-theme.css';
import './manager.css';
import ManagerScreen from './ManagerScreen.vue';
import { EN } from './messages/en.ts';
import { ZH_CN } from './messages/zh-cn.ts';
import { ZH_TW } from './messages/zh-tw.ts';
import { applyTheme } from './theme.ts';

loadFonts();
applyTheme();
createApp(ManagerScreen)
  .use(createScreenI18n({ 'zh-CN': ZH_CN, 'zh-TW': ZH_TW, en: EN }))
  .mount('#app');
