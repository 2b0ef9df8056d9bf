// What a steward hears who looks at the person: two rising tones where somebody may go on, two low ones where not.
const MUTED = 'check-in-muted'
const TONES = { good: [660, 880], bad: [220, 165] } // hertz
const LONG = .14, SOFT = .2 // seconds, of the loudest

export class Sound {
  constructor(door) {
    this.door = door
    door.addEventListener('click', event => this.pressed(event))
    this.show()
  }

  get isMuted() { return localStorage.getItem(MUTED) === 'yes' }

  pressed(event) { // browsers let a page sound only after somebody touched it
    this.context ??= globalThis.AudioContext && new AudioContext()
    if (!event.target.closest('[data-sound]')) return
    localStorage.setItem(MUTED, this.isMuted ? 'no' : 'yes')
    this.show()
  }

  show() { this.door.querySelector('[data-sound]').setAttribute('aria-pressed', !this.isMuted) }

  say(isGood) {
    if (this.isMuted || !globalThis.AudioContext) return
    this.context ??= new AudioContext()
    this.context.resume?.()
    TONES[isGood ? 'good' : 'bad'].forEach((tone, place) => {
      const start = this.context.currentTime + place * LONG, voice = this.context.createOscillator(), volume = this.context.createGain()
      voice.frequency.value = tone
      volume.gain.value = SOFT
      voice.connect(volume).connect(this.context.destination)
      voice.start(start)
      voice.stop(start + LONG)
    })
  }
}
