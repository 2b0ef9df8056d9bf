// The camera of the door: what code it sees.
const PAUSE = 150 // milliseconds between two looks

export class Camera {
  constructor(door) {
    this.door = door
    this.video = door.querySelector('video')
  }

  // Look until the page is left, and tell `read` what is seen; false where there is no camera or nothing to read with.
  async watch(read, isBusy) {
    const stream = await navigator.mediaDevices?.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => null)
    const reader = stream && await this.reader().catch(() => null)
    if (!reader) {
      stream?.getTracks().forEach(track => track.stop())
      return false
    }
    this.video.srcObject = stream
    this.offerLight(stream.getVideoTracks()[0])
    await this.video.play()
    const look = async () => {
      const [found] = this.video.isConnected && !isBusy() ? await reader.detect(this.video).catch(() => []) : []
      if (found?.rawValue) await read(found.rawValue)
      setTimeout(look, PAUSE)
    }
    look()
    return true
  }

  async reader() {
    const formats = ['qr_code'], { decoder, wasm } = this.door.dataset
    const own = globalThis.BarcodeDetector
    if (own && (await own.getSupportedFormats()).includes('qr_code')) return new own({ formats })
    const { BarcodeDetector, prepareZXingModule } = await import(decoder)
    const locateFile = (path, prefix) => path.endsWith('.wasm') ? wasm : prefix + path
    prepareZXingModule({ overrides: { locateFile } })
    return new BarcodeDetector({ formats })
  }

  // The lamp of the phone, where its camera has one.
  offerLight(track) {
    const button = this.door.querySelector('[data-light]')
    if (!track?.getCapabilities?.().torch) return
    button.hidden = false
    button.addEventListener('click', async () => {
      const isOn = button.getAttribute('aria-pressed') !== 'true'
      await track.applyConstraints({ advanced: [{ torch: isOn }] }).then(() => button.setAttribute('aria-pressed', isOn)).catch(() => null)
    })
  }

  goOn() { this.video.play().catch(() => null) }
}
