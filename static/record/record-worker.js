// Keeps the capture screen and what it needs in this browser, so that it opens where there is no network.
const PAGES = 'record-pages', FILES = 'record-files'
const PATIENCE = 20000 // milliseconds until no answer counts as no network: what waits without end keeps the notes from their way

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

// The page tells what it was made of the first time, before this worker stood between it and the network.
self.addEventListener('message', event => event.waitUntil(remember(event.data).then(() => event.source.postMessage('kept'))))

async function remember({ page, files }) {
  const known = await caches.open(FILES)
  const signal = AbortSignal.timeout(PATIENCE)
  await Promise.all([keepPage(new Request(page, { credentials: 'same-origin', signal })), ...files.map(async file => {
    if (!await known.match(file)) await known.add(new Request(file, { signal })).catch(() => null)
  })])
}

self.addEventListener('fetch', event => {
  const { request } = event, url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(keepPage(request))
  else if (url.pathname.startsWith('/static/') || url.pathname === '/outcomes/words.json') event.respondWith(keepFile(request))
})

// From the network where there is one; somebody who was signed out, or may not record here any more, leaves no copy.
async function keepPage(request) {
  const pages = await caches.open(PAGES)
  try {
    const answer = await fetch(request)
    if (answer.ok && answer.type === 'basic' && !answer.redirected) await pages.put(request.url, answer.clone())
    else if (answer.status < 500) await pages.delete(request.url)
    return answer
  } catch (error) {
    const kept = await pages.match(request.url)
    if (kept) return kept
    throw error
  }
}

async function keepFile(request) {
  const files = await caches.open(FILES)
  const kept = await files.match(request)
  if (kept && new URL(request.url).searchParams.has('v')) return kept // named after its content
  try {
    const answer = await fetch(request)
    if (answer.ok) await files.put(request, answer.clone())
    return answer
  } catch (error) {
    if (kept) return kept
    throw error
  }
}
