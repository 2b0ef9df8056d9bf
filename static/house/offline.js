// The page's side of offline-worker.js: what a page says so that it opens without a network.
export const PAGES = 'offline-pages'

// Keep this page and these files of ours in this browser. Returns how to do so again, with the page as it is by then;
// nothing where the browser cannot. `isDone` is called each time a copy is there.
export async function openOffline(worker, scope, files, isDone) {
  if (!navigator.serviceWorker) return null
  navigator.serviceWorker.addEventListener('message', isDone)
  const found = await navigator.serviceWorker.register(worker, { scope }).catch(() => null)
  if (!found) return null
  const ready = await navigator.serviceWorker.ready
  const again = async () => ready.active.postMessage({ page: location.href.split('#')[0], files: await files() })
  await again()
  return again
}

// The files that this page has loaded, whose path says so.
export function loadedFiles(path) {
  return performance.getEntriesByType('resource').map(one => one.name).filter(name => path.test(name))
}
