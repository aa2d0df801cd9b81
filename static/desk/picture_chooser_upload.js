// Files taken into the library from within the chooser: one after the other, each said what became of it.
import { dialog, excuse } from "./picture_chooser_facts.js"
import { putFirst, say } from "./picture_chooser_list.js"

const input = dialog?.querySelector("[data-upload]")

// The answer of the upload page is meant for its own list: what it shows is known by the addresses of the looks.
const KEY = /[0-9a-hjkmnp-tv-z]{26}/
const keysIn = (html) => [...html.querySelectorAll("img")].map((img) => KEY.exec(img.getAttribute("src"))?.[0]).filter(Boolean)

async function send(file) {
  const body = new FormData()
  body.append("csrfmiddlewaretoken", document.querySelector("form [name=csrfmiddlewaretoken]").value)
  body.append("rights", "uncleared")
  body.append("file", file)
  const headers = { Accept: "application/json" }
  const response = await fetch(input.dataset.upload, { method: "POST", body, headers, redirect: "manual" })
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw response
  const { html = "", said } = await response.json()
  const piece = document.createElement("template")
  piece.innerHTML = html
  return { keys: keysIn(piece.content), said: said ?? piece.content.querySelector(".taken-state")?.textContent }
}

async function sendAll(files) {
  const keys = []
  const sentences = []
  for (const file of files) {
    say([...sentences, input.dataset.busy.replace("%s", file.name)].join(" "))
    const { said, ...found } = await send(file).catch((reason) => ({ keys: [], said: excuse(reason) }))
    keys.unshift(...found.keys)
    sentences.push(`${file.name}: ${said}`)
    say(sentences.join(" "))
  }
  if (keys.length) await putFirst(keys)
}

input?.addEventListener("change", () => {
  const files = [...input.files]
  input.value = ""
  sendAll(files)
})
