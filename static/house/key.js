// A name nobody else has: of a text, or of a window.
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(15))].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
