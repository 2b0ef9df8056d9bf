// Asks this browser for notices: the browser asks its owner, gets an address from its maker's service, and the form tells us.
customElements.define('push-ask', class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    if (!this.form || !('PushManager' in window) || !('Notification' in window) || !navigator.serviceWorker) return
    this.hidden = false
    this.form.addEventListener('submit', this.asked = event => { event.preventDefault(); this.ask() })
  }

  disconnectedCallback() { this.form?.removeEventListener('submit', this.asked) }

  say(words) { this.querySelector('[role=status]').textContent = words }

  async ask() {
    if (await Notification.requestPermission() !== 'granted') return this.say(this.dataset.denied)
    try {
      const { endpoint, keys } = (await this.subscription()).toJSON()
      const { elements } = this.form
      elements.endpoint.value = endpoint
      elements.p256dh.value = keys.p256dh
      elements.auth.value = keys.auth
      this.form.submit()
    } catch { this.say(this.dataset.failed) } // no service of its maker answers, or another key was asked with before
  }

  async subscription() {
    const { worker, scope, key } = this.dataset
    const found = await navigator.serviceWorker.register(worker, { scope })
    await settled(found)
    const known = await found.pushManager.getSubscription()
    if (known && !sameKey(known.options.applicationServerKey, key)) await known.unsubscribe()
    return found.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  }
})

// A worker that was registered just now takes notices once it is active.
async function settled(found) {
  const worker = found.active ? null : found.installing ?? found.waiting
  if (worker) await new Promise(resolve => worker.addEventListener('statechange', () => worker.state === 'activated' && resolve()))
}

function sameKey(buffer, words) {
  const bytes = buffer ? String.fromCharCode(...new Uint8Array(buffer)) : ''
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === words
}
