// What the library says of pictures, as the chooser's cards have it; asked for once, many at a time.
const MOST = 50
const known = new Map() // by key, and by primary key
const waiting = new Map()

export const dialog = document.querySelector("#picture-chooser")

// The answer to a question (URLSearchParams), as cards that are in no page yet. Throws the response that is none.
export async function ask(question) {
  const response = await fetch(`${dialog.dataset.choose}?${question}`, { redirect: "manual" })
  if (!response.ok) throw response
  const piece = document.createElement("template")
  piece.innerHTML = await response.text()
  for (const { dataset } of piece.content.querySelectorAll(".choice")) {
    for (const name of [dataset.key, dataset.pk]) known.set(name, { ...dataset })
  }
  return piece.content
}

// Of the picture of that key or primary key: null where the library has none, undefined where it could not be asked.
export function facts(name) {
  if (!dialog) return Promise.resolve()
  if (known.has(name)) return Promise.resolve(known.get(name))
  if (!waiting.size) setTimeout(askForAll)
  if (!waiting.has(name)) waiting.set(name, deferred())
  return waiting.get(name).promise
}

// It may be another one now: its form was opened.
export const forget = (name) => known.delete(name)

function deferred() {
  const made = {}
  made.promise = new Promise((resolve) => (made.resolve = resolve))
  return made
}

async function askForAll() {
  const all = [...waiting]
  waiting.clear()
  for (let at = 0; at < all.length; at += MOST) {
    const some = all.slice(at, at + MOST)
    const nothing = await ask(new URLSearchParams(some.map(([name]) => ["picture", name]))).then(
      () => null,
      () => undefined,
    )
    for (const [name, { resolve }] of some) resolve(known.get(name) ?? nothing)
  }
}

// A sentence for whoever waits for an answer there was none to.
export const excuse = (reason) =>
  reason instanceof Response && reason.type === "opaqueredirect" ? dialog.dataset.signedOut : dialog.dataset.failed
