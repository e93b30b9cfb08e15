import { createApp } from 'vue';
import '../client/tokens.css';
import './rating.css';
import { loadFonts } from '../client/fonts.ts';
import RatingScreen from './RatingScreen.vue';

const theme = new URLSearchParams(location.search).get('theme');
if (theme === 'dark') document.documentElement.dataset.theme = theme;
loadFonts();
createApp(RatingScreen).mount('#app');
