import { createApp } from 'vue';
import '../client/tokens.css';
import './display.css';
import { loadFonts } from '../client/fonts.ts';
import { createScreenI18n } from '../client/i18n.ts';
import { displayMessages } from './messages.ts';
import DisplayScreen from './DisplayScreen.vue';

loadFonts();
createApp(DisplayScreen)
  .use(createScreenI18n({ ...displayMessages }))
  .mount('#app');
