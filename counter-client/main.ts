import { createApp } from 'vue';
import '../client/tokens.css';
import './counter.css';
import { loadFonts } from '../client/fonts.ts';
import { createScreenI18n } from '../client/i18n.ts';
import CounterScreen from './CounterScreen.vue';
import { counterMessages } from './messages.ts';
import { showTheme } from './settings.ts';

loadFonts();
showTheme();
createApp(CounterScreen)
  .use(createScreenI18n({ ...counterMessages }))
  .mount('#app');
