// The code of a reading that waits on this phone, sealed for the server alone (eventapp/checkin/offline/waiting.py).
const CURVE = { name: 'ECDH', namedCurve: 'P-256' }
const PURPOSE = 'eventapp waiting reading'
const ROUND = 64 // its length tells nothing either
const bytes = text => new TextEncoder().encode(text)

// What to keep in place of a code. Without https a browser seals nothing: there the code itself waits.
export async function keptOf(code, key, server) {
  return globalThis.crypto?.subtle ? { sealed: await sealed(code, key, server) } : { code }
}

async function sealed(code, key, server) {
  const { subtle } = crypto
  const theirs = await subtle.importKey('raw', Uint8Array.from(atob(server), one => one.charCodeAt(0)), CURVE, false, [])
  const own = await subtle.generateKey(CURVE, false, ['deriveBits']) // for this reading, and forgotten with it
  const point = new Uint8Array(await subtle.exportKey('raw', own.publicKey))
  const shared = await subtle.importKey('raw', await subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256), 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: point, info: bytes(PURPOSE) }
  const seal = await subtle.deriveKey(how, shared, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const words = bytes(code.padEnd(Math.ceil(code.length / ROUND) * ROUND))
  const text = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: bytes(key) }, seal, words))
  return btoa(String.fromCharCode(...point, ...text))
}
