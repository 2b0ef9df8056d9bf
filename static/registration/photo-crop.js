// A photograph is cut by hand before it is sent: the picture lies under a frame of the shape that the meeting asks for,
// and is moved and sized by drag, pinch, keys or buttons. What is in the frame takes the place of the chosen file, so the
// form is sent as ever. A file that is no picture is left as it is, and the server says what is wrong with it.
const STEP = 0.04, ZOOM = 1.1, SHOWN = 2 // of the frame; times; pixels for each of the page
const MOST_ZOOM = 6
const LARGER = ['+', '='], SMALLER = ['-', '−', '_']
const MOVES = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } // the frame, over the picture

const between = (least, value, most) => Math.min(Math.max(value, least), Math.max(least, most))

customElements.define('photo-crop', class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type=file]')
    this.canvas = this.querySelector('canvas')
    this.pointers = new Map()
    this.shape = this.dataset.down / this.dataset.across
    this.most = this.input.dataset.most
    this.show('start', Boolean(navigator.mediaDevices?.getUserMedia))
    this.input.addEventListener('input', () => delete this.input.dataset.most) // how large it is counts once it is cut
    this.input.addEventListener('change', () => this.chosen())
    this.addEventListener('click', event => this.pressed(event.target.closest('button')?.dataset ?? {}))
    this.canvas.addEventListener('keydown', event => this.key(event))
    this.canvas.addEventListener('pointerdown', event => this.down(event))
    this.canvas.addEventListener('pointermove', event => this.move(event))
    for (const end of ['pointerup', 'pointercancel']) this.canvas.addEventListener(end, event => this.up(event))
  }

  disconnectedCallback() { this.stop() }

  show(name, shown) { this.querySelector(`[data-${name}]`).hidden = !shown }

  say(words) { this.querySelector('[data-status]').textContent = words }

  async chosen() {
    if (this.isOurs) return
    const [file] = this.input.files
    const picture = file && await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
    if (file === this.input.files[0]) this.open(picture, file?.name)
  }

  open(picture, name) {
    this.picture?.close?.()
    this.picture = picture
    this.show('frame', picture)
    if (!picture) {
      this.say('')
      return this.tellSize()
    }
    this.name = name.replace(/\.\w+$/, '') + '.jpg'
    this.widest = Math.min(picture.width, picture.height / this.shape)
    this.wide = this.widest
    this.x = picture.width / 2
    this.y = this.wide * this.shape / 2 + (picture.height - this.wide * this.shape) * 0.3 // faces are above the middle
    const shown = Math.min(this.canvas.parentElement.clientWidth || 240, 240)
    Object.assign(this.canvas, { width: shown * SHOWN, height: Math.round(shown * SHOWN * this.shape) })
    this.canvas.style.inlineSize = `${shown}px`
    this.draw()
    this.keep()
  }

  by(dx, dy, zoom = 1) {
    if (!this.picture) return
    const { width, height } = this.picture
    this.wide = between(this.widest / MOST_ZOOM, this.wide / zoom, this.widest)
    const high = this.wide * this.shape
    this.x = between(this.wide / 2, this.x + dx, width - this.wide / 2)
    this.y = between(high / 2, this.y + dy, height - high / 2)
    this.draw()
  }

  paint(canvas) {
    const pen = canvas.getContext('2d'), high = this.wide * this.shape
    Object.assign(pen, { fillStyle: 'white', imageSmoothingQuality: 'high' })
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(this.picture, this.x - this.wide / 2, this.y - high / 2, this.wide, high, 0, 0, canvas.width, canvas.height)
  }

  draw() { this.paint(this.canvas) }

  keep() { // what is in the frame, as the file of the field; never larger than the part of the picture is
    const sheet = document.createElement('canvas'), width = Math.round(Math.min(this.wide, this.dataset.width))
    Object.assign(sheet, { width, height: Math.round(width * this.shape) })
    this.paint(sheet)
    const bytes = Uint8Array.from(atob(sheet.toDataURL('image/jpeg', 0.92).split(',')[1]), one => one.charCodeAt(0))
    const files = new DataTransfer()
    files.items.add(new File([bytes], this.name, { type: 'image/jpeg' }))
    this.input.files = files.files
    this.say(this.dataset.cut)
    this.tellSize()
  }

  tellSize() { // static/house/file-size.js looks at what will be sent
    this.input.dataset.most = this.most
    this.isOurs = true
    this.input.dispatchEvent(new Event('change', { bubbles: true }))
    this.isOurs = false
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.step(event.key)) return
    event.preventDefault()
  }

  step(key) {
    const [dx, dy] = MOVES[key] ?? [0, 0]
    const zoom = LARGER.includes(key) ? ZOOM : SMALLER.includes(key) ? 1 / ZOOM : 1
    if (!this.picture || (!dx && !dy && zoom === 1)) return false
    this.by(dx * STEP * this.wide, dy * STEP * this.wide, zoom)
    this.keep()
    return true
  }

  scale() { return this.wide / this.canvas.clientWidth }

  apart() {
    const [one, other] = [...this.pointers.values()]
    return other ? Math.hypot(one.x - other.x, one.y - other.y) : 0
  }

  down(event) {
    this.canvas.setPointerCapture(event.pointerId)
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }

  move(event) {
    const from = this.pointers.get(event.pointerId)
    if (!from) return
    const before = this.apart(), many = this.pointers.size
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const after = this.apart(), by = this.scale() / many
    this.by((from.x - event.clientX) * by, (from.y - event.clientY) * by, before && after ? after / before : 1)
  }

  up(event) { if (this.pointers.delete(event.pointerId) && this.picture) this.keep() }

  pressed({ key, camera, shoot, stop }) {
    if (key) this.step(key)
    if (camera !== undefined) this.start()
    if (shoot !== undefined) this.shoot()
    if (stop !== undefined) this.stop()
  }

  async start() {
    const video = { facingMode: this.dataset.facing, width: { ideal: 1280 }, height: { ideal: 960 } }
    this.stream = await navigator.mediaDevices.getUserMedia({ video }).catch(() => null)
    if (!this.stream) return this.say(this.dataset.noCamera)
    this.say('')
    const screen = this.querySelector('video')
    screen.srcObject = this.stream
    this.show('live', true)
    this.show('start', false)
    await screen.play()
    this.querySelector('[data-shoot]').focus()
  }

  async shoot() {
    const screen = this.querySelector('video')
    if (!screen.videoWidth) await new Promise(ready => screen.addEventListener('loadeddata', ready, { once: true }))
    if (!this.stream) return // closed meanwhile, or taken by an earlier press
    const picture = await createImageBitmap(screen)
    this.stop()
    this.open(picture, this.dataset.taken)
    this.canvas.focus()
  }

  stop() {
    this.stream?.getTracks().forEach(track => track.stop())
    this.stream = null
    this.show('live', false)
    this.show('start', true)
  }
})
