import { createApp } from 'vue';
import '../client/tokens.css';
import App from './App.vue';
import './feedback.css';

// As the rest of the phone.
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => (document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light');
dark.addEventListener('change', follow);
follow();

// No web font and no vue-i18n: a customer on mobile data waits for this page.
createApp(App).mount('#app');
