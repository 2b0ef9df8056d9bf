// Keeps the pages that ask for it, and what they need, in this browser, so that they open where there is no network.
// Nothing else is kept: a page that did not ask may show somebody's name.
const PAGES = 'offline-pages', FILES = 'offline-files', BEFORE = ['record-pages', 'record-files']
const PATIENCE = 20000 // milliseconds until no answer counts as no network: what waits without end keeps the notes from their way

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(Promise.all([self.clients.claim(), ...BEFORE.map(name => caches.delete(name))])))

// The page tells what it was made of the first time, before this worker stood between it and the network.
self.addEventListener('message', event => event.waitUntil(remember(event.data).then(() => event.source.postMessage('kept'))))

async function remember({ page, files }) {
  const known = await caches.open(FILES)
  const signal = AbortSignal.timeout(PATIENCE)
  await Promise.all([keepPage(new Request(page, { credentials: 'same-origin', signal }), true), ...files.map(async file => {
    if (!await known.match(file)) await known.add(new Request(file, { signal })).catch(() => null)
  })])
}

self.addEventListener('fetch', event => {
  const { request } = event, url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(keepPage(request))
  else if (url.pathname.startsWith('/static/') || url.pathname === '/outcomes/words.json') event.respondWith(keepFile(request))
})

// From the network where there is one; somebody who was signed out, or may not be here any more, leaves no copy.
async function keepPage(request, asks = false) {
  const pages = await caches.open(PAGES)
  try {
    const answer = await fetch(request)
    const isPage = answer.ok && answer.type === 'basic' && !answer.redirected
    if (isPage && (asks || await pages.match(request.url))) await pages.put(request.url, answer.clone())
    else if (!isPage && answer.status < 500) await pages.delete(request.url)
    return answer
  } catch (error) {
    const copy = await pages.match(request.url) ?? await pages.match(request.url, { ignoreSearch: true })
    if (copy) return copy
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
