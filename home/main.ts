import { createApp } from 'vue';
import { loadFonts } from '../client/fonts.ts';
import { createScreenI18n } from '../client/i18n.ts';
import '../client/tokens.css';
import App from './App.vue';
import { MESSAGES } from './messages.ts';

loadFonts();
createApp(App).use(createScreenI18n(MESSAGES)).mount('#app');
