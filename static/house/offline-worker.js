// Keeps the pages that ask for it, and what they need, in this browser, so that they open where there is no network;
// and the pages of a published agenda that were seen, as everybody sees them.
// Nothing else is kept: a page that did not ask may show somebody's name.
const PAGES = 'offline-pages', FILES = 'offline-files', BEFORE = ['record-pages', 'record-files']
const PATIENCE = 20000 // milliseconds until no answer counts as no network: what waits without end keeps the notes from their way

const SEEN_PAGES = 'seen-pages', AGENDA = /^\/meetings\/[^/]+\/(agenda|sessions\/[^/.]+)$/
const MOST_SEEN = 300, SOON = 5000 // pages; milliseconds that a page which is here waits for a newer one

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(Promise.all([self.clients.claim(), ...BEFORE.map(name => caches.delete(name))])))

// The page tells what it was made of the first time, before this worker stood between it and the network.
self.addEventListener('message', event => event.waitUntil(remember(event.data).then(() => event.source.postMessage('kept'))))

async function remember({ page, files }) {
  const known = await caches.open(FILES)
  const signal = AbortSignal.timeout(PATIENCE)
  const request = new Request(page, { credentials: 'same-origin', signal })
  await Promise.all([AGENDA.test(new URL(page).pathname) ? keepSeen(request) : keepPage(request, true), ...files.map(async file => {
    if (!await known.match(file)) await known.add(new Request(file, { signal })).catch(() => null)
  })])
}

self.addEventListener('fetch', event => {
  const { request } = event, url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (AGENDA.test(url.pathname)) event.respondWith(keepSeen(request))
  else if (request.mode === 'navigate') event.respondWith(keepPage(request))
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

// The newest answer where there is a network, else what was seen last. Only what says that it is the same for everybody
// is kept: a page of somebody who is signed in is private.
async function keepSeen(request) {
  const pages = await caches.open(SEEN_PAGES)
  const seen = await pages.match(request.url) ?? await pages.match(request.url, { ignoreSearch: true })
  const newest = fetch(request).then(async answer => {
    const isPublic = /\bpublic\b/.test(answer.headers.get('cache-control') ?? '')
    if (answer.ok && isPublic && !answer.redirected) await putSeen(pages, request.url, answer.clone())
    else if (!answer.ok && answer.status < 500) await pages.delete(request.url)
    return answer
  })
  if (!seen) return newest
  const waited = new Promise(resolve => setTimeout(resolve, SOON))
  return await Promise.race([newest.catch(() => null), waited]) ?? asSeen(seen)
}

async function putSeen(pages, address, answer) {
  const headers = new Headers(answer.headers)
  headers.set('x-seen-at', new Date().toISOString())
  for (const name of ['content-encoding', 'content-length']) headers.delete(name) // the body is whole by now
  await pages.put(address, new Response(await answer.blob(), { headers }))
  const all = await pages.keys()
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_SEEN)).map(one => pages.delete(one)))
}

// The page itself says how old it is: static/agenda/offline-agenda.js.
async function asSeen(page) {
  const html = await page.text(), at = page.headers.get('x-seen-at')
  return new Response(html.replace('<html ', `<html data-seen-at="${at}" `), { headers: page.headers })
}

// A notice of push/sending.py: a title, a sentence, and a page of ours that it opens. A browser demands that something
// is shown for each push, so one that cannot be read says where to look.
self.addEventListener('push', event => {
  const { title, body, address } = noticeIn(event.data)
  event.waitUntil(self.registration.showNotification(title, { body, dir: 'auto', data: { address } }))
})

function noticeIn(data) {
  try {
    const { title, body, address } = data.json()
    if ([title, body, address].every(words => words && typeof words === 'string')) return { title, body, address }
  } catch { /* no words, or none of ours */ }
  return { title: location.host, body: self.words.unread, address: self.registration.scope }
}

// A page of ours, where it is open already; of another site never, but the agenda that this worker is for.
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(bringForward(ownAddress(event.notification.data?.address)))
})

function ownAddress(words) {
  const { scope } = self.registration, address = URL.canParse(words, location.origin) ? new URL(words, location.origin) : null
  return address?.origin === location.origin ? address.href : scope
}

async function bringForward(address) {
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = open.find(page => page.url.split('#')[0] === address.split('#')[0])
  return there ? there.focus() : self.clients.openWindow(address)
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
