// Keeps the files whose names carry a hash, which never change, and the page for when there is no network.
// Nothing else is kept: every page comes from the server.
const CACHE = 'redress-1';
const OFFLINE = '/offline.html';
// Old builds are dropped from the front once more files than those of a few builds are kept.
const MOST = 24;

self.addEventListener('install', event => {
  event.waitUntil(
    caches.open(CACHE)
      .then(cache => cache.add(new Request(OFFLINE, { cache: 'reload' })))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', event => {
  event.waitUntil(
    caches.keys()
      .then(names => Promise.all(names.filter(name => name !== CACHE).map(name => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/pkg/')) {
    event.respondWith(kept(request));
  } else if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(offline));
  }
});

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    const files = (await cache.keys()).filter(file => new URL(file.url).pathname.startsWith('/pkg/'));
    await Promise.all(files.slice(0, Math.max(0, files.length - MOST)).map(file => cache.delete(file)));
  }
  return answer;
}

// Without the server's headers: its policy forbids the page's own style, and the page must stand alone.
async function offline() {
  const page = await caches.match(OFFLINE);
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return page ? new Response(await page.text(), { status: 503, headers }) : Response.error();
}
