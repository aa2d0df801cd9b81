// Adding pictures: choose or drop files; each is sent by itself, two at a time, and says what became of it.
import { takeFiles } from "./picture_drop.js"
import { send } from "./picture_send.js"

const AT_ONCE = 2
const form = document.querySelector("#picture_form")
const [chooser, drop] = [form.querySelector("[type=file]"), form.querySelector("#upload-drop")]
const [taken, list] = [document.querySelector("#taken"), document.querySelector("#taken-list")]
const words = form.dataset
const waiting = []
let running = 0

function row(file, text) {
  const item = document.createElement("li")
  item.className = "taken taken-waits"
  const [name, says, bar] = ["strong", "span", "progress"].map((tag) => document.createElement(tag))
  name.textContent = file.name
  says.className = "taken-state"
  says.textContent = text
  bar.max = 1
  bar.value = 0
  bar.setAttribute("aria-label", file.name)
  item.append(name, " ", says, bar)
  return item
}

function say(job, text, state = "refused") {
  job.item.className = `taken taken-${state}`
  job.item.querySelector(".taken-state").textContent = text
  job.item.querySelector("progress")?.remove()
}

function offerAgain(job, label, options) {
  const button = job.item.querySelector("[data-keep]") ?? job.item.appendChild(document.createElement("button"))
  Object.assign(button, { type: "button", className: "act", textContent: label, hidden: false })
  job.item.querySelector("[data-by-hand]")?.remove()
  button.addEventListener("click", () => add(job.file, { ...options, instead: job.item }))
}

function settle(job, answer) {
  if (answer.html) {
    const item = new DOMParser().parseFromString(answer.html, "text/html").querySelector("li")
    job.item.replaceWith(item)
    job.item = item
    if (answer.state === "similar") offerAgain(job, item.querySelector("[data-keep]").textContent, { keepSimilar: true })
  } else {
    say(job, answer.said ?? words.lost)
    if (answer.state === "lost") offerAgain(job, words.again, {})
  }
  taken.querySelector(".upload-next").hidden = !list.querySelector("[name=of]")
}

async function next() {
  if (running >= AT_ONCE || !waiting.length) return
  running += 1
  const job = waiting.shift()
  const [says, bar] = [job.item.querySelector(".taken-state"), job.item.querySelector("progress")]
  const progress = (part) => {
    bar.value = part
    says.textContent = part < 1 ? words.sends.replace("%s", Math.round(part * 100)) : words.works
  }
  settle(job, await send(form, job.file, { ...job.options, progress }))
  running -= 1
  next()
}

function add(file, options = {}) {
  const job = { file, options, item: row(file, words.waits) }
  options.instead ? options.instead.replaceWith(job.item) : list.append(job.item)
  taken.hidden = false
  if (file.size > Number(words.mostBytes)) return say(job, words.tooLarge)
  waiting.push(job)
  next()
}

takeFiles({ form, drop, chooser, add })
