import { createApp } from 'vue';
import '../client/tokens.css';
import App from './App.vue';
import './phone.css';

// No web font and no vue-i18n: a customer on mobile data waits for this page.
createApp(App).mount('#app');
