import '@ai-cockpit/elements';
import type {} from '@ai-cockpit/elements/vue';
import { createApp } from 'vue';
import App from './App.vue';

createApp(App).mount('#app');
