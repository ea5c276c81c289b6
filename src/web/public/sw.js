// Says that there is a message, and leads to it. It answers no request and keeps no page: nothing of health lies in a cache of this device.
// A push says its kind and nothing else; the words are here, in the language that the page named when it registered this.
const language = new URL(self.location.href).searchParams.get('language');
const words =
  {
    en: { message: 'You have a message', urgent: 'An urgent message waits', text: 'Open Colloque to read it.' },
    es: { message: 'Tiene un mensaje', urgent: 'Espera un mensaje urgente', text: 'Abra Colloque para leerlo.' },
  }[language] ?? { message: 'Vous avez un message', urgent: 'Un message urgent attend', text: 'Ouvrez Colloque pour le lire.' };

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const type = typeOf(event.data);
  event.waitUntil(
    self.registration.showNotification(words[type], {
      body: words.text,
      lang: language ?? 'fr',
      icon: '/icon-192.png',
      badge: '/badge-96.png',
      // One of a kind at a time: a later one takes the place of an earlier one, and says so again.
      tag: type,
      renotify: true,
      requireInteraction: type === 'urgent',
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open());
});

function typeOf(data) {
  try {
    return data.json().type === 'urgent' ? 'urgent' : 'message';
  } catch {
    return 'message';
  }
}

/** A page that is open goes there by itself; one in a visit is left alone, and so is whatever is being written or said on it. */
async function open() {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const free = pages.find(({ url }) => !new URL(url).pathname.startsWith('/consultations/'));
  if (!free) return await self.clients.openWindow('/messages');
  free.postMessage({ type: 'messages' });
  await free.focus();
}
